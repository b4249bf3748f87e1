package dev.sekisho.s3;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A checksum of an object.
 *
 * @param value in base64; of a composite one followed by a dash and the number of parts
 */
record ObjectChecksum(ChecksumAlgorithm algorithm, Type type, String value) {

  /** What it was computed from. */
  enum Type {
    /** From the object's bytes. */
    FULL_OBJECT,
    /** From the checksums of its parts. */
    COMPOSITE
  }

  static ObjectChecksum of(ChecksumAlgorithm algorithm, byte[] value) {
    return new ObjectChecksum(
        algorithm, Type.FULL_OBJECT, Base64.getEncoder().encodeToString(value));
  }

  /** The value if it is of the algorithm, as answers show it. */
  @Nullable String as(ChecksumAlgorithm wanted) {
    return algorithm == wanted ? value : null;
  }
}
