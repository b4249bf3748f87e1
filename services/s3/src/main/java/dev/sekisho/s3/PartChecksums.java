package dev.sekisho.s3;

import dev.sekisho.crypto.Digests;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an object that came in parts has of tag and checksum. */
final class PartChecksums {

  private PartChecksums() {}

  /** The MD5 of the parts' MD5s, with their number. */
  static String eTag(List<Upload.Part> parts) {
    MessageDigest md5 = Digests.begin("MD5");
    for (Upload.Part part : parts) {
      md5.update(HexFormat.of().parseHex(part.etag()));
    }
    return HexFormat.of().formatHex(md5.digest()) + '-' + parts.size();
  }

  /**
   * The checksum of all parts.
   *
   * @return null when a part has none
   */
  static @Nullable ObjectChecksum of(
      ChecksumAlgorithm algorithm, ObjectChecksum.Type type, List<Upload.Part> parts) {
    return switch (type) {
      case COMPOSITE -> composite(algorithm, parts);
      case FULL_OBJECT -> full(algorithm, parts);
    };
  }

  private static @Nullable ObjectChecksum composite(
      ChecksumAlgorithm algorithm, List<Upload.Part> parts) {
    ChecksumAlgorithm.Running running = algorithm.begin();
    for (Upload.Part part : parts) {
      String value = part.checksum();
      if (value == null) {
        return null;
      }
      byte[] bytes = Base64.getDecoder().decode(value);
      running.update(bytes, 0, bytes.length);
    }
    return new ObjectChecksum(
        algorithm,
        ObjectChecksum.Type.COMPOSITE,
        Base64.getEncoder().encodeToString(running.end()) + '-' + parts.size());
  }

  private static @Nullable ObjectChecksum full(
      ChecksumAlgorithm algorithm, List<Upload.Part> parts) {
    CrcCombination combination = algorithm.combination();
    if (combination == null) {
      return null;
    }
    long whole = 0;
    for (Upload.Part part : parts) {
      String value = part.checksum();
      if (value == null) {
        return null;
      }
      // The checksum of nothing is zero, so the first part needs no case of its own.
      whole =
          combination.combine(
              whole, ChecksumAlgorithm.toNumber(Base64.getDecoder().decode(value)), part.size());
    }
    return ObjectChecksum.of(algorithm, ChecksumAlgorithm.toBytes(whole, algorithm.bytes()));
  }
}
