package dev.sekisho.s3;

import dev.sekisho.s3.ObjectVersion.ObjectDetails;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A multipart upload under way.
 *
 * @param initiator the ARN of who began it
 * @param checksumAlgorithm what each part is to carry; none when nothing was asked for
 */
record Upload(
    String id,
    String bucket,
    String key,
    Instant initiatedAt,
    String initiator,
    String owner,
    ObjectDetails details,
    @Nullable ChecksumAlgorithm checksumAlgorithm,
    ObjectChecksum.@Nullable Type checksumType,
    Encryption encryption,
    Retention retention) {

  /**
   * A part of an upload, or of the object that came of it.
   *
   * @param etag the MD5 of its bytes, in hexadecimal; as good as random where KMS seals it
   * @param checksum in base64, by the upload's algorithm
   */
  record Part(
      int number,
      String file,
      long size,
      String etag,
      @Nullable String checksum,
      Instant modifiedAt) {

    Piece piece() {
      return new Piece(file, size);
    }
  }
}
