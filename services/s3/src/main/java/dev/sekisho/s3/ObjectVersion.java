package dev.sekisho.s3;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version of an object, or a delete marker.
 *
 * @param age counts down with each version of the key
 * @param versionId {@code null} as text for the version that has no id
 * @param content names its key and its file or parts; none for a delete marker
 * @param parts how many; 0 when it was written at once
 * @param etag without quotes
 */
record ObjectVersion(
    String bucket,
    String key,
    long age,
    String versionId,
    boolean latest,
    boolean deleteMarker,
    Instant modifiedAt,
    String owner,
    @Nullable String content,
    long size,
    int parts,
    String etag,
    ObjectDetails details,
    @Nullable ObjectChecksum checksum,
    @Nullable Encryption encryption,
    Retention retention) {

  /** The id of the version that was written while versioning was not enabled. */
  static final String NULL_VERSION = "null";

  /** What the caller says of an object, beside its bytes. */
  record ObjectDetails(
      String storageClass,
      Map<String, String> headers,
      Map<String, String> metadata,
      Map<String, String> tags) {

    static final ObjectDetails NONE = new ObjectDetails("STANDARD", Map.of(), Map.of(), Map.of());
  }

  /** Its content's name. */
  String contentName() {
    if (content == null) {
      throw new IllegalStateException("a delete marker has no content");
    }
    return content;
  }

  Encryption sealedBy() {
    if (encryption == null) {
      throw new IllegalStateException("a delete marker is not sealed");
    }
    return encryption;
  }
}
