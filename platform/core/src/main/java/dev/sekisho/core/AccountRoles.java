package dev.sekisho.core;

/** Makes the roles that an organization needs in its accounts. Implemented by IAM. */
public interface AccountRoles {

  /**
   * Makes a role with AdministratorAccess in the account, within the transaction.
   *
   * @param account the new account
   * @param trusted the account whose principals may assume the role
   */
  void createAdministrator(
      Transaction transaction, AccountId account, String roleName, AccountId trusted);

  /**
   * Makes a service's own role in the account, within the transaction, unless it is there.
   *
   * @param service for example {@code organizations.amazonaws.com}
   */
  void provideServiceLinked(Transaction transaction, AccountId account, String service);
}
