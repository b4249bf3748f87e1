package dev.sekisho.iam;

import dev.sekisho.contract.iam.DeleteSSHPublicKeyRequest;
import dev.sekisho.contract.iam.DeleteSSHPublicKeyResponse;
import dev.sekisho.contract.iam.GetSSHPublicKeyRequest;
import dev.sekisho.contract.iam.GetSSHPublicKeyResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListSSHPublicKeysRequest;
import dev.sekisho.contract.iam.ListSSHPublicKeysResponse;
import dev.sekisho.contract.iam.SSHPublicKey;
import dev.sekisho.contract.iam.SSHPublicKeyMetadata;
import dev.sekisho.contract.iam.UpdateSSHPublicKeyRequest;
import dev.sekisho.contract.iam.UpdateSSHPublicKeyResponse;
import dev.sekisho.contract.iam.UploadSSHPublicKeyRequest;
import dev.sekisho.contract.iam.UploadSSHPublicKeyResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.SshPublicKey;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/** SSH public keys of users. Only RSA keys of 2,048 bits or more are taken, as AWS does. */
final class SshPublicKeys implements IamApi.SshPublicKeys {

  private static final int QUOTA = 5;
  private static final int LEAST_BITS = 2_048;

  private final IamContext iam;

  SshPublicKeys(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public Guarded<UploadSSHPublicKeyResponse> uploadSSHPublicKey(
      Call<UploadSSHPublicKeyRequest> call) {
    UploadSSHPublicKeyRequest input = call.input();
    return Guarded.by(
        EntityChecks.ofUser(iam, call, input.userName()),
        _ -> {
          SshPublicKey parsed = parse(input.sshPublicKeyBody());
          return Outcome.change(transaction -> {
            Entity user =
                EntityStore.require(transaction, EntityKind.USER, call.account(), input.userName());
            List<SshPublicKeyStore.Key> present =
                SshPublicKeyStore.ofUser(StoreTransaction.handle(transaction), user.id());
            if (present.stream().anyMatch(key -> key.fingerprint().equals(parsed.fingerprint()))) {
              throw new ServiceException(
                  "DuplicateSSHPublicKey",
                  400,
                  "The SSH public key is already associated with the user.");
            }
            if (present.size() >= QUOTA) {
              throw IamErrors.limitExceeded(
                  "Cannot exceed quota for SSHPublicKeysPerUser: " + QUOTA);
            }
            SshPublicKeyStore.Key key =
                new SshPublicKeyStore.Key(
                    iam.ids().sshPublicKey(),
                    user.id(),
                    parsed.ssh(),
                    parsed.fingerprint(),
                    CredentialStatus.ACTIVE,
                    iam.now());
            SshPublicKeyStore.insert(transaction, key);
            return UploadSSHPublicKeyResponse.builder()
                .sshPublicKey(shown(user, key, input.sshPublicKeyBody()))
                .build();
          });
        });
  }

  private static SshPublicKey parse(String body) {
    SshPublicKey key;
    try {
      key = SshPublicKey.parse(body);
    } catch (IllegalArgumentException unreadable) {
      throw invalid("The public key must be an RSA key, encoded in ssh-rsa or PEM format.");
    }
    if (key.bits() < LEAST_BITS) {
      throw invalid("The public key must have at least " + LEAST_BITS + " bits.");
    }
    return key;
  }

  private static ServiceException invalid(String message) {
    return new ServiceException("InvalidPublicKey", 400, message);
  }

  @Override
  public Guarded<GetSSHPublicKeyResponse> getSSHPublicKey(Call<GetSSHPublicKeyRequest> call) {
    GetSSHPublicKeyRequest input = call.input();
    return Guarded.by(
        EntityChecks.ofUser(iam, call, input.userName()),
        _ ->
            iam.database()
                .read(handle -> {
                  Entity user = EntityStore.requireUser(handle, call, input.userName());
                  SshPublicKeyStore.Key key = require(handle, user, input.sshPublicKeyId());
                  return Outcome.answer(
                      GetSSHPublicKeyResponse.builder()
                          .sshPublicKey(
                              shown(
                                  user,
                                  key,
                                  input.encoding().equals("PEM")
                                      ? SshPublicKey.parse(key.body()).pem()
                                      : key.body()))
                          .build());
                }));
  }

  @Override
  public Guarded<ListSSHPublicKeysResponse> listSSHPublicKeys(Call<ListSSHPublicKeysRequest> call) {
    ListSSHPublicKeysRequest input = call.input();
    String name = CallingUser.nameOr(input.userName(), call);
    return Guarded.by(
        EntityChecks.ofUser(iam, call, name),
        _ -> {
          PageRequest request =
              PageRequest.of(call, iam.pages(), name, input.marker(), input.maxItems());
          PageRequest.Page<SshPublicKeyStore.Key> page =
              request.cut(
                  iam
                      .database()
                      .read(handle ->
                          SshPublicKeyStore.ofUser(
                              handle, EntityStore.requireUser(handle, call, name).id()))
                      .stream()
                      .filter(key -> key.id().compareTo(request.after()) > 0)
                      .toList(),
                  iam.pages(),
                  SshPublicKeyStore.Key::id);
          return Outcome.answer(
              ListSSHPublicKeysResponse.builder()
                  .sshPublicKeys(
                      page.items().stream()
                          .map(key ->
                              SSHPublicKeyMetadata.builder()
                                  .userName(name)
                                  .sshPublicKeyId(key.id())
                                  .status(key.status())
                                  .uploadDate(key.uploadedAt())
                                  .build())
                          .toList())
                  .isTruncated(page.truncated())
                  .marker(page.marker())
                  .build());
        });
  }

  @Override
  public Guarded<UpdateSSHPublicKeyResponse> updateSSHPublicKey(
      Call<UpdateSSHPublicKeyRequest> call) {
    UpdateSSHPublicKeyRequest input = call.input();
    return change(
        call,
        input.userName(),
        input.sshPublicKeyId(),
        (transaction, key) -> {
          SshPublicKeyStore.setStatus(
              transaction, key.id(), CredentialStatus.settable(input.status()));
          return UpdateSSHPublicKeyResponse.builder().build();
        });
  }

  @Override
  public Guarded<DeleteSSHPublicKeyResponse> deleteSSHPublicKey(
      Call<DeleteSSHPublicKeyRequest> call) {
    DeleteSSHPublicKeyRequest input = call.input();
    return change(
        call,
        input.userName(),
        input.sshPublicKeyId(),
        (transaction, key) -> {
          SshPublicKeyStore.delete(transaction, key.id());
          return DeleteSSHPublicKeyResponse.builder().build();
        });
  }

  private <O> Guarded<O> change(
      Call<?> call,
      String name,
      String keyId,
      BiFunction<Transaction, SshPublicKeyStore.Key, O> change) {
    return Guarded.by(
        EntityChecks.ofUser(iam, call, name),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              return change.apply(
                  transaction, require(handle, EntityStore.requireUser(handle, call, name), keyId));
            }));
  }

  private static SshPublicKeyStore.Key require(Handle handle, Entity user, String keyId) {
    return SshPublicKeyStore.ofUser(handle, user.id()).stream()
        .filter(key -> key.id().equals(keyId))
        .findFirst()
        .orElseThrow(
            () -> IamErrors.noSuchEntity("The Public Key with id " + keyId + " cannot be found."));
  }

  private static SSHPublicKey shown(Entity user, SshPublicKeyStore.Key key, String body) {
    return SSHPublicKey.builder()
        .userName(user.name())
        .sshPublicKeyId(key.id())
        .fingerprint(key.fingerprint())
        .sshPublicKeyBody(body)
        .status(key.status())
        .uploadDate(key.uploadedAt())
        .build();
  }
}
