package dev.sekisho.s3;

import dev.sekisho.core.Blob;
import dev.sekisho.core.KeyService;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.Secret;
import dev.sekisho.core.ServiceException;
import dev.sekisho.s3.ContentKeys.SealedKey;
import dev.sekisho.store.Database;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the keys that objects are sealed with, and opens them again on their callers' behalf.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html">Server-side
 *     encryption with KMS keys</a>
 */
final class ObjectKeys {

  private static final String SERVICE = "s3";
  private static final String CONTEXT_ARN = "aws:s3:arn";
  private static final int BYTES = 32;

  private final Database database;
  private final ContentKeys store;
  private final KeyService keys;
  private final Randomness randomness;

  ObjectKeys(Database database, ContentKeys store, KeyService keys, Randomness randomness) {
    this.database = database;
    this.store = store;
    this.keys = keys;
    this.randomness = randomness;
  }

  /**
   * A new key.
   *
   * @param byKms what KMS has sealed of it; none when the keyring is to seal it
   * @param encryption as it was asked for, with the key's ARN and the whole context
   */
  record NewKey(Secret key, @Nullable Blob byKms, Encryption encryption) {}

  /** Makes a key for an object. */
  NewKey make(RequestContext context, Bucket bucket, String key, Encryption wanted) {
    if (!wanted.byKms()) {
      return new NewKey(Secret.of(randomness.bytes(BYTES)), null, wanted);
    }
    Map<String, String> whole = new HashMap<>(wanted.context());
    // A key that is used for a bucket at once is bound to the bucket alone.
    whole.putIfAbsent(
        CONTEXT_ARN, wanted.bucketKey() ? bucket.arn() : BucketName.arn(bucket.name(), key));
    KeyService.DataKey made =
        asked(() ->
            keys.generateDataKey(new KeyService.Use(context, SERVICE, wanted.kmsKey(), whole)));
    return new NewKey(
        made.plaintext(),
        made.ciphertext(),
        new Encryption(wanted.algorithm(), made.keyArn(), whole, wanted.bucketKey()));
  }

  /** The key as it is kept for the content. */
  SealedKey sealed(String content, NewKey key) {
    Blob byKms = key.byKms();
    return byKms == null ? store.seal(content, key.key()) : ContentKeys.sealedByKms(byKms);
  }

  /** Opens the key of a content. Asks KMS, so not within a transaction. */
  Secret open(RequestContext context, String content, Encryption encryption) {
    SealedKey sealed = database.read(handle -> store.find(handle, content));
    byte[] byKms = sealed.byKms();
    if (byKms == null) {
      return store.open(content, sealed);
    }
    return asked(() ->
            keys.decrypt(
                new KeyService.Use(context, SERVICE, encryption.kmsKey(), encryption.context()),
                Blob.of(byKms)))
        .plaintext();
  }

  /** S3 passes on what KMS says, under names of its own. */
  private static <T> T asked(Supplier<T> use) {
    try {
      return use.get();
    } catch (ServiceException refused) {
      if (refused.code().startsWith("AccessDenied")) {
        throw new ServiceException("AccessDenied", 403, refused.message());
      }
      if (refused.status() >= 500) {
        throw refused;
      }
      throw new ServiceException("KMS." + refused.code(), 400, refused.message());
    }
  }
}
