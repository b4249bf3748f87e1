package dev.sekisho.core;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * S3 as services reach it that leave objects in their customers' buckets, such as log files.
 * Implemented by the built-in S3, and by whatever speaks to an S3 outside.
 *
 * <p>INVARIANT: a service has no way around the bucket's policy. It is asked as for a call of S3's
 * own API, with the service as the principal and {@code aws:SourceArn}, {@code aws:SourceAccount}
 * and {@code s3:x-amz-acl} in the request. Nothing of this may be called inside a transaction: it
 * is a call of its own.
 *
 * <p>Every method throws a {@link ServiceException} with S3's codes ({@code NoSuchBucket}, {@code
 * AccessDenied}, KMS's when the key is not usable), and with a status of 500 or more when trying
 * again may help.
 */
public interface ObjectStore {

  /**
   * Returns when the bucket is there and lets the sender read its ACL ({@code s3:GetBucketAcl}).
   */
  void requireBucket(Sender sender, String bucket);

  /**
   * Puts the object with the canned ACL {@code bucket-owner-full-control}. It is on disk when this
   * returns; one of the same name is replaced.
   */
  void put(Sender sender, Upload upload);

  /**
   * On whose behalf a service acts.
   *
   * @param service for example {@code cloudtrail.amazonaws.com}
   * @param sourceArn the resource the service acts for, for example a trail
   * @param sourceAccount the account that owns the resource
   * @param region where the service acts
   */
  record Sender(String service, String sourceArn, AccountId sourceAccount, String region) {}

  /**
   * An object to put, of at most 50 MB.
   *
   * @param metadata the user's metadata, by name in lower case without {@code x-amz-meta-}
   * @param encryption null for the bucket's own default
   */
  record Upload(
      String bucket,
      String key,
      Blob body,
      String contentType,
      @Nullable String contentEncoding,
      Map<String, String> metadata,
      @Nullable Encryption encryption) {

    public Upload {
      metadata = Map.copyOf(metadata);
    }
  }

  /**
   * SSE-KMS.
   *
   * @param keyId the key's ARN
   * @param context the encryption context that the sender adds to S3's own
   */
  record Encryption(String keyId, Map<String, String> context) {

    public Encryption {
      context = Map.copyOf(context);
    }
  }
}
