package dev.sekisho.iam;

import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Call;
import dev.sekisho.core.Principal;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Whose password or MFA devices a call is about: a user's, or the account's root user's.
 *
 * @param user null for the root user
 */
record CredentialOwner(AccountId account, @Nullable Entity user) {

  /** What the root user's credentials are shown under, and how it names itself. */
  static final String ROOT = "root";

  /** What the rows of its credentials carry: a unique id, or the account's number. */
  String id() {
    return user == null ? account.value() : user.id();
  }

  String name() {
    return user == null ? ROOT : user.name();
  }

  /** The id that rows carry for the principal; none for one that has no such credentials. */
  static Optional<String> idOf(Principal principal) {
    return switch (principal) {
      case Principal.Root root -> Optional.of(root.account().value());
      case Principal.User user -> Optional.of(user.id());
      case Principal.RoleSession _,
          Principal.FederatedUser _,
          Principal.WebIdentity _,
          Principal.SamlIdentity _,
          Principal.Service _,
          Principal.Anonymous _ ->
          Optional.empty();
    };
  }

  /** The check for a call about the named user, or about the caller when none is named. */
  static AccessCheck check(IamContext iam, Call<?> call, @Nullable String name) {
    Owner owner = iam.database().read(handle -> owner(handle, call, name));
    return owner.userName() == null
        ? AccessCheck.of("iam:" + call.context().operation(), call.account().root().toString())
        : EntityChecks.ofUser(iam, call, owner.userName());
  }

  /**
   * Whom the call is about, as it is now.
   *
   * @throws dev.sekisho.core.ServiceException NoSuchEntity, or ValidationError when nobody is named
   *     and the caller is neither a user nor the root user
   */
  static CredentialOwner require(Handle handle, Call<?> call, @Nullable String name) {
    String userName = owner(handle, call, name).userName();
    return new CredentialOwner(
        call.account(), userName == null ? null : EntityStore.requireUser(handle, call, userName));
  }

  /**
   * The principal as an owner.
   *
   * @throws IllegalArgumentException when it cannot have such credentials, or is gone
   */
  static CredentialOwner of(Handle handle, Principal principal) {
    return switch (principal) {
      case Principal.Root root -> new CredentialOwner(root.account(), null);
      case Principal.User user ->
          new CredentialOwner(
              user.account(),
              EntityStore.byId(handle, EntityKind.USER, user.id())
                  .orElseThrow(() -> new IllegalArgumentException("no such user: " + user)));
      case Principal.RoleSession _,
          Principal.FederatedUser _,
          Principal.WebIdentity _,
          Principal.SamlIdentity _,
          Principal.Service _,
          Principal.Anonymous _ ->
          throw new IllegalArgumentException("nobody's credentials: " + principal);
    };
  }

  /** The owner that a row's id stands for. */
  static CredentialOwner byId(Handle handle, AccountId account, String id) {
    return new CredentialOwner(
        account,
        id.equals(account.value())
            ? null
            : EntityStore.byId(handle, EntityKind.USER, id).orElse(null));
  }

  private record Owner(@Nullable String userName) {}

  /**
   * Where the API demands a user name, the root user says {@code root} for itself, unless a user is
   * called that.
   */
  private static Owner owner(Handle handle, Call<?> call, @Nullable String name) {
    boolean root = call.context().caller().principal() instanceof Principal.Root;
    boolean itself =
        root
            && (name == null
                || (name.equals(ROOT)
                    && EntityStore.find(handle, EntityKind.USER, call.account(), name).isEmpty()));
    return new Owner(itself ? null : CallingUser.nameOr(name, call));
  }
}
