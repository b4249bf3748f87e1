package dev.sekisho.iam;

import dev.sekisho.contract.iam.AccessKey;
import dev.sekisho.contract.iam.AccessKeyLastUsed;
import dev.sekisho.contract.iam.AccessKeyMetadata;
import dev.sekisho.contract.iam.CreateAccessKeyRequest;
import dev.sekisho.contract.iam.CreateAccessKeyResponse;
import dev.sekisho.contract.iam.DeleteAccessKeyRequest;
import dev.sekisho.contract.iam.DeleteAccessKeyResponse;
import dev.sekisho.contract.iam.GetAccessKeyLastUsedRequest;
import dev.sekisho.contract.iam.GetAccessKeyLastUsedResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListAccessKeysRequest;
import dev.sekisho.contract.iam.ListAccessKeysResponse;
import dev.sekisho.contract.iam.UpdateAccessKeyRequest;
import dev.sekisho.contract.iam.UpdateAccessKeyResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Secret;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Long-term access keys of users and of the root user.
 *
 * <p>Without a user name the caller's own keys are meant, and the root user's when it calls.
 */
final class AccessKeys implements IamApi.AccessKeys {

  private static final int QUOTA = 2;

  /** Whose keys a call is about; the entity is null for the root user. */
  private record Owner(@Nullable String name) {}

  private final IamContext iam;
  private final AccessKeyStore store;

  AccessKeys(IamContext iam) {
    this.iam = iam;
    this.store = new AccessKeyStore(iam.keyring());
  }

  @Override
  public Guarded<CreateAccessKeyResponse> createAccessKey(Call<CreateAccessKeyRequest> call) {
    Owner owner = owner(call, call.input().userName());
    return Guarded.by(
        check(call, owner), _ -> Outcome.change(transaction -> insert(transaction, call, owner)));
  }

  private CreateAccessKeyResponse insert(Transaction transaction, Call<?> call, Owner owner) {
    Handle handle = StoreTransaction.handle(transaction);
    Entity user = user(handle, call, owner);
    if (keys(handle, call, user).size() >= QUOTA) {
      throw IamErrors.limitExceeded("Cannot exceed quota for AccessKeysPerUser: " + QUOTA);
    }
    AccessKeyStore.AccessKey key =
        new AccessKeyStore.AccessKey(
            iam.ids().accessKey(call.account()),
            call.account(),
            user == null ? null : user.id(),
            true,
            iam.now());
    String secret = iam.ids().secretAccessKey();
    store.insert(transaction, key, Secret.of(secret));
    iam.changed(transaction);
    return CreateAccessKeyResponse.builder()
        .accessKey(
            AccessKey.builder()
                .userName(user == null ? "root" : user.name())
                .accessKeyId(key.id())
                .status(key.status())
                .secretAccessKey(secret)
                .createDate(key.createdAt())
                .build())
        .build();
  }

  @Override
  public Guarded<ListAccessKeysResponse> listAccessKeys(Call<ListAccessKeysRequest> call) {
    Owner owner = owner(call, call.input().userName());
    return Guarded.by(
        check(call, owner),
        _ ->
            iam.database()
                .read(handle -> {
                  Entity user = user(handle, call, owner);
                  // A user has two keys at most, so there is one page.
                  List<AccessKeyMetadata> keys =
                      keys(handle, call, user).stream()
                          .map(key ->
                              AccessKeyMetadata.builder()
                                  .userName(user == null ? null : user.name())
                                  .accessKeyId(key.id())
                                  .status(key.status())
                                  .createDate(key.createdAt())
                                  .build())
                          .toList();
                  return Outcome.answer(
                      ListAccessKeysResponse.builder()
                          .accessKeyMetadata(keys)
                          .isTruncated(false)
                          .build());
                }));
  }

  @Override
  public Guarded<GetAccessKeyLastUsedResponse> getAccessKeyLastUsed(
      Call<GetAccessKeyLastUsedRequest> call) {
    String keyId = call.input().accessKeyId();
    // Whose key it is decides who may ask; a key of nobody here looks like a key of others.
    AccessKeyStore.AccessKey key =
        iam.database()
            .read(handle -> store.find(handle, keyId))
            .filter(found -> found.account().equals(call.account()))
            .orElseThrow(() ->
                new ServiceException(
                    "AccessDenied",
                    403,
                    "User: "
                        + call.context().caller().principal().arn()
                        + " is not authorized to perform: iam:GetAccessKeyLastUsed on resource:"
                        + " access key "
                        + keyId));
    String userId = key.userId();
    Owner owner =
        new Owner(
            userId == null
                ? null
                : iam.database()
                    .read(handle -> EntityStore.byId(handle, EntityKind.USER, userId))
                    .map(Entity::name)
                    .orElse(null));
    return Guarded.by(
        check(call, owner),
        _ -> {
          iam.history().catchUp();
          Optional<AccessHistory.Use> use =
              iam.database().read(handle -> AccessHistory.ofKey(handle, keyId));
          return Outcome.answer(
              GetAccessKeyLastUsedResponse.builder()
                  .userName(owner.name())
                  .accessKeyLastUsed(
                      AccessKeyLastUsed.builder()
                          .lastUsedDate(use.map(AccessHistory.Use::at).orElse(null))
                          .region(use.map(AccessHistory.Use::region).orElse("N/A"))
                          .serviceName(use.map(AccessHistory.Use::service).orElse("N/A"))
                          .build())
                  .build());
        });
  }

  @Override
  public Guarded<UpdateAccessKeyResponse> updateAccessKey(Call<UpdateAccessKeyRequest> call) {
    UpdateAccessKeyRequest input = call.input();
    return change(
        call,
        owner(call, input.userName()),
        input.accessKeyId(),
        (transaction, key) -> {
          store.setStatus(transaction, key.id(), CredentialStatus.settable(input.status()));
          return UpdateAccessKeyResponse.builder().build();
        });
  }

  @Override
  public Guarded<DeleteAccessKeyResponse> deleteAccessKey(Call<DeleteAccessKeyRequest> call) {
    DeleteAccessKeyRequest input = call.input();
    return change(
        call,
        owner(call, input.userName()),
        input.accessKeyId(),
        (transaction, key) -> {
          store.delete(transaction, key.id());
          return DeleteAccessKeyResponse.builder().build();
        });
  }

  private <O> Guarded<O> change(
      Call<?> call,
      Owner owner,
      String keyId,
      BiFunction<Transaction, AccessKeyStore.AccessKey, O> change) {
    return Guarded.by(
        check(call, owner),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              AccessKeyStore.AccessKey key =
                  keys(handle, call, user(handle, call, owner)).stream()
                      .filter(each -> each.id().equals(keyId))
                      .findFirst()
                      .orElseThrow(() ->
                          IamErrors.noSuchEntity(
                              "The Access Key with id " + keyId + " cannot be found."));
              O output = change.apply(transaction, key);
              iam.changed(transaction);
              return output;
            }));
  }

  private static Owner owner(Call<?> call, @Nullable String name) {
    return name == null && call.context().caller().principal() instanceof Principal.Root
        ? new Owner(null)
        : new Owner(CallingUser.nameOr(name, call));
  }

  private AccessCheck check(Call<?> call, Owner owner) {
    String action = "iam:" + call.context().operation();
    return owner.name() == null
        ? AccessCheck.of(action, call.account().root().toString())
        : EntityChecks.of(iam, action, EntityKind.USER, call.account(), owner.name());
  }

  private static @Nullable Entity user(Handle handle, Call<?> call, Owner owner) {
    String name = owner.name();
    return name == null
        ? null
        : EntityStore.find(handle, EntityKind.USER, call.account(), name)
            .orElseThrow(() -> IamErrors.noSuchUser(name));
  }

  private List<AccessKeyStore.AccessKey> keys(Handle handle, Call<?> call, @Nullable Entity user) {
    return user == null ? store.ofRoot(handle, call.account()) : store.ofUser(handle, user.id());
  }
}
