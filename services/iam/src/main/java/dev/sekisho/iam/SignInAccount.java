package dev.sekisho.iam;

import dev.sekisho.core.AccountId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Whom an attempt to sign in names, as far as they are there.
 *
 * @param account none when there is no such account
 * @param owner none when there is no such user
 * @param profile none when they have no password
 * @param hash of the password
 */
record SignInAccount(
    @Nullable AccountId account,
    @Nullable CredentialOwner owner,
    LoginProfileStore.@Nullable Profile profile,
    @Nullable String hash,
    @Nullable PasswordRules rules) {

  private static final SignInAccount NOBODY = new SignInAccount(null, null, null, null, null);

  static SignInAccount find(Handle handle, LoginProfileStore store, SignIn.Attempt attempt) {
    AccountId account = account(handle, attempt.account()).orElse(null);
    if (account == null) {
      return NOBODY;
    }
    String userName = attempt.userName();
    CredentialOwner owner =
        userName == null
            ? new CredentialOwner(account, null)
            : EntityStore.find(handle, EntityKind.USER, account, userName)
                .map(user -> new CredentialOwner(account, user))
                .orElse(null);
    return new SignInAccount(
        account,
        owner,
        owner == null ? null : LoginProfileStore.find(handle, owner.id()).orElse(null),
        owner == null ? null : store.hash(handle, owner.id()).orElse(null),
        PasswordRules.of(handle, account).orElse(null));
  }

  private static Optional<AccountId> account(Handle handle, String numberOrAlias) {
    Optional<String> byAlias =
        handle
            .createQuery("select account from iam_account_alias where alias = :alias")
            .bind("alias", numberOrAlias)
            .mapTo(String.class)
            .findOne();
    String number = byAlias.orElse(numberOrAlias);
    boolean there =
        handle
            .createQuery(
                "select exists (select 1 from iam_user where account = :account)"
                    + " or exists (select 1 from iam_access_key where account = :account)"
                    + " or exists (select 1 from iam_login_profile where owner_id = :account)")
            .bind("account", number)
            .mapTo(Boolean.class)
            .one();
    return there ? Optional.of(new AccountId(number)) : Optional.empty();
  }
}
