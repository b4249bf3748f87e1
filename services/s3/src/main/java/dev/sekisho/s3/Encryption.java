package dev.sekisho.s3;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What seals an object.
 *
 * @param algorithm {@code AES256}, {@code aws:kms} or {@code aws:kms:dsse}
 * @param kmsKey the ARN of KMS's key; none for {@code AES256}
 * @param context the encryption context that binds the object's data key in KMS
 * @param bucketKey whether the caller or the bucket asked for an S3 Bucket Key
 */
record Encryption(
    String algorithm, @Nullable String kmsKey, Map<String, String> context, boolean bucketKey) {

  static final String AES256 = "AES256";
  static final String KMS = "aws:kms";
  static final Encryption SSE_S3 = new Encryption(AES256, null, Map.of(), false);

  Encryption {
    context = Map.copyOf(context);
  }

  boolean byKms() {
    return !algorithm.equals(AES256);
  }
}
