package dev.sekisho.server.rotation;

import dev.sekisho.contract.iam.AccessKey;
import dev.sekisho.contract.iam.AccessKeyLastUsed;
import dev.sekisho.contract.iam.AccessKeyMetadata;
import dev.sekisho.contract.iam.CreateAccessKeyRequest;
import dev.sekisho.contract.iam.DeleteAccessKeyRequest;
import dev.sekisho.contract.iam.GetAccessKeyLastUsedRequest;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.IamModel;
import dev.sekisho.contract.iam.ListAccessKeysRequest;
import dev.sekisho.core.PrincipalResolver;
import dev.sekisho.core.PrincipalResolver.Resolution;
import dev.sekisho.core.Secret;
import dev.sekisho.secretsmanager.RotationFunctions.FailedException;
import java.util.Objects;
import java.util.Optional;

/**
 * Access keys of IAM users. A user may have two: the one before stays good until the next rotation.
 *
 * <p>The secret is what {@code CreateAccessKey} answers: {@code UserName}, {@code AccessKeyId} and
 * {@code SecretAccessKey}.
 */
record AccessKeyRotation(IamApi iam, PrincipalResolver principals) implements RotationProcedure {

  private static final String USER = "UserName";
  private static final String ID = "AccessKeyId";
  private static final String KEY = "SecretAccessKey";

  @Override
  public SecretDocument create(RotatingSecret secret, SecretDocument current)
      throws FailedException {
    String user = current.text(USER);
    makeRoom(secret, user, current.text(ID));
    AccessKey created =
        secret
            .session()
            .required(
                IamModel.SERVICE,
                "CreateAccessKey",
                iam.accessKeys()::createAccessKey,
                CreateAccessKeyRequest.builder().userName(user).build())
            .accessKey();
    return current.with(ID, created.accessKeyId()).with(KEY, created.secretAccessKey());
  }

  /**
   * Deletes the user's other key: the one before the current, or one that was made by a step which
   * did not come to its end, which nobody can have used.
   */
  private void makeRoom(RotatingSecret secret, String user, String current) throws FailedException {
    Optional<SecretDocument> before = secret.previous();
    String previous = before.isPresent() ? before.get().textOrNull(ID) : null;
    for (AccessKeyMetadata key :
        secret
            .session()
            .required(
                IamModel.SERVICE,
                "ListAccessKeys",
                iam.accessKeys()::listAccessKeys,
                ListAccessKeysRequest.builder().userName(user).build())
            .accessKeyMetadata()) {
      String id = Objects.requireNonNull(key.accessKeyId());
      if (id.equals(current)) {
        continue;
      }
      if (!id.equals(previous) && isUsed(secret, id)) {
        throw new FailedException(
            "the user " + user + " has another access key that is in use, " + id);
      }
      secret
          .session()
          .required(
              IamModel.SERVICE,
              "DeleteAccessKey",
              iam.accessKeys()::deleteAccessKey,
              DeleteAccessKeyRequest.builder().userName(user).accessKeyId(id).build());
    }
  }

  private boolean isUsed(RotatingSecret secret, String id) throws FailedException {
    AccessKeyLastUsed used =
        secret
            .session()
            .required(
                IamModel.SERVICE,
                "GetAccessKeyLastUsed",
                iam.accessKeys()::getAccessKeyLastUsed,
                GetAccessKeyLastUsedRequest.builder().accessKeyId(id).build())
            .accessKeyLastUsed();
    return used != null && used.lastUsedDate() != null;
  }

  /** The key is good from the moment it is made. */
  @Override
  public void set(RotatingSecret secret, SecretDocument pending) throws FailedException {
    test(secret, pending);
  }

  @Override
  public void test(RotatingSecret secret, SecretDocument value) throws FailedException {
    String id = value.text(ID);
    // What a signature by the key would be verified with.
    if (!(principals.resolve(id, null) instanceof Resolution.Known known)
        || !known.secretAccessKey().equals(Secret.of(value.text(KEY)))) {
      throw new FailedException("the access key " + id + " is not good");
    }
  }
}
