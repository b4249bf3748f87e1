package dev.sekisho.core;

/**
 * Makes the role by which an organization reaches into an account it created. Implemented by IAM,
 * used by Organizations.
 */
public interface AccountRoles {

  /**
   * Makes a role with AdministratorAccess in the account, within the transaction.
   *
   * @param account the new account
   * @param trusted the account whose principals may assume the role
   */
  void createAdministrator(
      Transaction transaction, AccountId account, String roleName, AccountId trusted);
}
