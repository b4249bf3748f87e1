package dev.sekisho.iam;

import dev.sekisho.contract.iam.ChangePasswordRequest;
import dev.sekisho.contract.iam.ChangePasswordResponse;
import dev.sekisho.contract.iam.CreateLoginProfileRequest;
import dev.sekisho.contract.iam.CreateLoginProfileResponse;
import dev.sekisho.contract.iam.DeleteLoginProfileRequest;
import dev.sekisho.contract.iam.DeleteLoginProfileResponse;
import dev.sekisho.contract.iam.GetLoginProfileRequest;
import dev.sekisho.contract.iam.GetLoginProfileResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.LoginProfile;
import dev.sekisho.contract.iam.UpdateLoginProfileRequest;
import dev.sekisho.contract.iam.UpdateLoginProfileResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Principal;
import dev.sekisho.core.ResourcePolicy;
import dev.sekisho.core.Secret;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.PasswordHash;
import dev.sekisho.store.StoreTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Passwords for the console: given by an administrator, changed by their users.
 *
 * <p>Hashes are computed before the transaction, which then makes sure that the password is still
 * the one it was.
 */
final class LoginProfiles implements IamApi.LoginProfiles {

  /** Lets a user change its own password; asked only where the account's rules say so. */
  private static final ResourcePolicy OWN_PASSWORD =
      new ResourcePolicy(
          ResourcePolicy.Kind.ORDINARY,
          """
          {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",\
          "Action":"iam:ChangePassword","Resource":"*"}]}\
          """);

  /** A profile as it was before the slow part. */
  private record Before(
      CredentialOwner owner,
      @Nullable String hash,
      @Nullable PasswordRules rules,
      List<String> past) {

    String requireHash() {
      if (hash == null) {
        throw noProfile(owner.name());
      }
      return hash;
    }
  }

  private final IamContext iam;
  private final LoginProfileStore store;

  LoginProfiles(IamContext iam) {
    this.iam = iam;
    this.store = new LoginProfileStore(iam.keyring());
  }

  @Override
  public Guarded<CreateLoginProfileResponse> createLoginProfile(
      Call<CreateLoginProfileRequest> call) {
    CreateLoginProfileRequest input = call.input();
    boolean reset = Boolean.TRUE.equals(input.passwordResetRequired());
    return Guarded.by(
        CredentialOwner.check(iam, call, input.userName()),
        _ -> {
          Secret given = firstPassword(call);
          Before before = before(call, input.userName());
          if (before.hash() != null) {
            throw alreadyThere(before.owner().name());
          }
          String hash = acceptable(before, given);
          return Outcome.change(transaction -> {
            Handle handle = StoreTransaction.handle(transaction);
            CredentialOwner owner = CredentialOwner.require(handle, call, input.userName());
            if (LoginProfileStore.find(handle, owner.id()).isPresent()) {
              throw alreadyThere(owner.name());
            }
            store.insert(handle, owner.id(), hash, reset, iam.now());
            return CreateLoginProfileResponse.builder().loginProfile(shown(handle, owner)).build();
          });
        });
  }

  /**
   * Whoever acts as another account's root user never gets to know its password: the profile is
   * there to be recovered by its owner, under a password that nobody has.
   */
  private Secret firstPassword(Call<CreateLoginProfileRequest> call) {
    String given = call.input().password();
    if (call.context().caller().hasAssumedRoot()) {
      if (given != null) {
        throw IamErrors.validation("A password cannot be specified in an AssumeRoot session");
      }
      return Secret.of(iam.ids().secretAccessKey());
    }
    if (given == null) {
      throw IamErrors.validation("Must specify a password for the login profile");
    }
    return Secret.of(given);
  }

  @Override
  public Guarded<GetLoginProfileResponse> getLoginProfile(Call<GetLoginProfileRequest> call) {
    String name = call.input().userName();
    return Guarded.by(
        CredentialOwner.check(iam, call, name),
        _ ->
            iam.database()
                .read(handle ->
                    Outcome.answer(
                        GetLoginProfileResponse.builder()
                            .loginProfile(
                                shown(handle, CredentialOwner.require(handle, call, name)))
                            .build())));
  }

  @Override
  public Guarded<UpdateLoginProfileResponse> updateLoginProfile(
      Call<UpdateLoginProfileRequest> call) {
    UpdateLoginProfileRequest input = call.input();
    Boolean reset = input.passwordResetRequired();
    return Guarded.by(
        CredentialOwner.check(iam, call, input.userName()),
        _ -> {
          Before before = before(call, input.userName());
          String old = before.requireHash();
          String given = input.password();
          String hash = given == null ? null : acceptable(before, Secret.of(given));
          return Outcome.change(transaction -> {
            Handle handle = StoreTransaction.handle(transaction);
            String ownerId = unchanged(handle, before, old);
            if (hash != null) {
              store.setPassword(handle, ownerId, hash, iam.now());
            }
            if (reset != null) {
              LoginProfileStore.setResetRequired(handle, ownerId, reset);
            }
            return UpdateLoginProfileResponse.builder().build();
          });
        });
  }

  @Override
  public Guarded<DeleteLoginProfileResponse> deleteLoginProfile(
      Call<DeleteLoginProfileRequest> call) {
    String name = call.input().userName();
    return Guarded.by(
        CredentialOwner.check(iam, call, name),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              CredentialOwner owner = CredentialOwner.require(handle, call, name);
              requireProfile(handle, owner);
              LoginProfileStore.delete(handle, owner.id());
              return DeleteLoginProfileResponse.builder().build();
            }));
  }

  @Override
  public Guarded<ChangePasswordResponse> changePassword(Call<ChangePasswordRequest> call) {
    ChangePasswordRequest input = call.input();
    if (!(call.context().caller().principal() instanceof Principal.User user)) {
      throw new ServiceException(
          "InvalidUserType", 400, "Only IAM Users can change their own password");
    }
    AccessCheck check = EntityChecks.ofUser(iam, call, user.name());
    boolean byRules =
        iam.database()
            .read(handle -> PasswordRules.of(handle, call.account()))
            .map(PasswordRules::usersMayChange)
            .orElse(false);
    return Guarded.by(
        byRules ? check.ownedBy(call.account(), OWN_PASSWORD) : check,
        _ -> {
          Before before = before(call, user.name());
          String old = before.requireHash();
          requireRight(before.owner(), old, Secret.of(input.oldPassword()));
          String hash = acceptable(before, Secret.of(input.newPassword()));
          return Outcome.change(transaction -> {
            Handle handle = StoreTransaction.handle(transaction);
            String ownerId = unchanged(handle, before, old);
            store.setPassword(handle, ownerId, hash, iam.now());
            LoginProfileStore.setResetRequired(handle, ownerId, false);
            return ChangePasswordResponse.builder().build();
          });
        });
  }

  /** The guess is counted before it is looked at, so that many at once are no way around. */
  private void requireRight(CredentialOwner owner, String hash, Secret password) {
    FailedGuesses.Subject subject = FailedGuesses.Subject.password(owner.id());
    boolean early =
        iam.database()
            .write(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              if (FailedGuesses.wait(handle, subject, iam.clock().instant())
                      .compareTo(Duration.ZERO)
                  > 0) {
                return true;
              }
              FailedGuesses.failed(handle, subject, iam.clock().instant());
              return false;
            });
    if (early) {
      throw IamErrors.throttled();
    }
    if (!PasswordHash.matches(hash, password)) {
      throw new ServiceException("AccessDenied", 403, "The old password was incorrect.");
    }
    iam.database()
        .write(transaction -> {
          FailedGuesses.forget(StoreTransaction.handle(transaction), subject);
          return true;
        });
  }

  private Before before(Call<?> call, @Nullable String name) {
    return iam.database()
        .read(handle -> {
          CredentialOwner owner = CredentialOwner.require(handle, call, name);
          PasswordRules rules = PasswordRules.of(handle, call.account()).orElse(null);
          Integer reuse = rules == null ? null : rules.reusePrevention();
          return new Before(
              owner,
              store.hash(handle, owner.id()).orElse(null),
              rules,
              reuse == null ? List.of() : store.past(handle, owner.id(), reuse));
        });
  }

  /** The hash of a password that may be set. */
  private String acceptable(Before before, Secret password) {
    PasswordRules.check(before.rules(), password, before.owner());
    if (before.past().stream().anyMatch(hash -> PasswordHash.matches(hash, password))) {
      throw PasswordRules.violation("Password was used recently and cannot be reused");
    }
    return iam.ids().passwordHash(password);
  }

  private String unchanged(Handle handle, Before before, String hash) {
    String ownerId = before.owner().id();
    String present = store.hash(handle, ownerId).orElse(null);
    if (present == null) {
      throw noProfile(before.owner().name());
    }
    if (!Objects.equals(present, hash)) {
      throw new ServiceException(
          "EntityTemporarilyUnmodifiable",
          409,
          "Login Profile for User "
              + before.owner().name()
              + " cannot be modified while login profile is being modified.");
    }
    return ownerId;
  }

  private static LoginProfileStore.Profile requireProfile(Handle handle, CredentialOwner owner) {
    return LoginProfileStore.find(handle, owner.id()).orElseThrow(() -> noProfile(owner.name()));
  }

  private static ServiceException noProfile(String name) {
    return IamErrors.noSuchEntity("Login Profile for User " + name + " cannot be found.");
  }

  private static ServiceException alreadyThere(String name) {
    return new ServiceException(
        "EntityAlreadyExists", 409, "Login Profile for user " + name + " already exists.");
  }

  private static LoginProfile shown(Handle handle, CredentialOwner owner) {
    LoginProfileStore.Profile profile = requireProfile(handle, owner);
    return LoginProfile.builder()
        .userName(owner.name())
        .createDate(profile.createdAt())
        .passwordResetRequired(profile.resetRequired())
        .build();
  }
}
