package dev.sekisho.secretsmanager;

import dev.sekisho.core.Blob;
import dev.sekisho.core.KeyService;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.Secret;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.AuthenticatedEncryption;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Seals values under data keys of KMS and opens them again, on the caller's behalf: who may not use
 * the key gets no value. Asks KMS, so nothing of it within a transaction.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html">Secret
 *     encryption</a>
 */
final class SecretEncryption {

  private static final String SERVICE = "secretsmanager";

  private final KeyService keys;
  private final Randomness randomness;

  SecretEncryption(KeyService keys, Randomness randomness) {
    this.keys = keys;
    this.randomness = randomness;
  }

  /** Seals a value as a version of the secret, under the secret's key. */
  StoredVersion seal(
      RequestContext context, StoredSecret secret, String version, Instant now, SecretValue value) {
    KeyService.DataKey key =
        asked(
            () ->
                keys.generateDataKey(
                    new KeyService.Use(
                        context, SERVICE, secret.kmsKey(), binding(secret, version))),
            SecretEncryption::encryptionFailure);
    byte[] salt = randomness.bytes(AuthenticatedEncryption.SALT);
    byte[] iv = randomness.bytes(AuthenticatedEncryption.IV);
    byte[] sealed =
        AuthenticatedEncryption.encrypt(
            key.plaintext(), salt, iv, associated(secret, version), value.bytes());
    return new StoredVersion(
        version,
        now,
        null,
        key.keyArn(),
        secret.kmsKey() == null,
        key.ciphertext(),
        Blob.of(
            ByteBuffer.allocate(salt.length + iv.length + sealed.length)
                .put(salt)
                .put(iv)
                .put(sealed)
                .array()),
        value.binary());
  }

  /** The value of a version. */
  SecretValue open(RequestContext context, StoredSecret secret, StoredVersion version) {
    Secret key =
        asked(
                () ->
                    keys.decrypt(
                        new KeyService.Use(
                            context, SERVICE, version.kmsKey(), binding(secret, version.id())),
                        version.dataKey()),
                SecretEncryption::decryptionFailure)
            .plaintext();
    byte[] sealed = version.sealed().bytes();
    int iv = AuthenticatedEncryption.SALT;
    int begin = iv + AuthenticatedEncryption.IV;
    return new SecretValue(
        AuthenticatedEncryption.decrypt(
            key,
            Arrays.copyOf(sealed, iv),
            Arrays.copyOfRange(sealed, iv, begin),
            associated(secret, version.id()),
            Arrays.copyOfRange(sealed, begin, sealed.length)),
        version.binary());
  }

  private static Map<String, String> binding(StoredSecret secret, String version) {
    return Map.of("SecretARN", secret.arn(), "SecretVersionId", version);
  }

  private static byte[] associated(StoredSecret secret, String version) {
    return (secret.arn() + '/' + version).getBytes(StandardCharsets.UTF_8);
  }

  private static ServiceException encryptionFailure(String why) {
    return SecretsManagerErrors.encryptionFailure(
        "Secrets Manager can't encrypt the protected secret text using the provided KMS key. "
            + why);
  }

  private static ServiceException decryptionFailure(String why) {
    return SecretsManagerErrors.decryptionFailure(
        "Secrets Manager can't decrypt the protected secret text using the provided KMS key. "
            + why);
  }

  private static <T> T asked(Supplier<T> use, Function<String, ServiceException> failure) {
    try {
      return use.get();
    } catch (ServiceException refused) {
      if (refused.code().startsWith("AccessDenied")) {
        throw new ServiceException("AccessDeniedException", 400, "Access to KMS is not allowed");
      }
      if (refused.status() >= 500) {
        throw refused;
      }
      throw failure.apply(refused.message());
    }
  }
}
