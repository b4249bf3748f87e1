package dev.sekisho.s3;

import dev.sekisho.core.Call;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.function.Predicate;

/** What the operations on multipart uploads have alike. */
final class Multipart {

  /** The least size of every part but the last: 5 MiB. */
  static final long LEAST = 5L << 20;

  static final int MOST_PARTS = 10_000;

  private Multipart() {}

  /**
   * The upload.
   *
   * @throws dev.sekisho.core.ServiceException NoSuchUpload
   */
  static Upload require(ObjectWork work, Bucket bucket, String key, String uploadId) {
    return work.database()
        .read(handle -> work.uploads().find(handle, uploadId))
        .filter(isOf(bucket, key))
        .orElseThrow(() -> S3Errors.noSuchUpload(uploadId));
  }

  /** The upload as it is in the transaction. */
  static Upload require(ObjectWork work, Transaction transaction, Upload asked) {
    return work.uploads()
        .find(StoreTransaction.handle(transaction), asked.id())
        .orElseThrow(() -> S3Errors.noSuchUpload(asked.id()));
  }

  private static Predicate<Upload> isOf(Bucket bucket, String key) {
    return upload -> upload.bucket().equals(bucket.name()) && upload.key().equals(key);
  }

  static void requireNumber(int number) {
    if (number < 1 || number > MOST_PARTS) {
      throw S3Errors.invalidArgument(
          "partNumber",
          Integer.toString(number),
          "Part number must be an integer between 1 and 10000, inclusive");
    }
  }

  /** Who begins an upload, as lists of uploads show it. */
  static String initiator(Call<?> call) {
    Principal principal = call.context().caller().principal();
    return principal.arn() == null ? principal.userId() : principal.arn().toString();
  }
}
