package dev.sekisho.s3;

import dev.sekisho.s3.ReceivedBody.Claims;
import org.jspecify.annotations.Nullable;

/**
 * The checksum that a request gives of its body, or says that it will give after it.
 *
 * @param algorithm null when the request says nothing
 * @param value in base64; null when it comes after the body, or not at all
 */
record SentChecksum(@Nullable ChecksumAlgorithm algorithm, @Nullable String value) {

  /**
   * @throws dev.sekisho.core.ServiceException InvalidRequest
   */
  static SentChecksum of(SentMembers sent) {
    ChecksumAlgorithm algorithm = null;
    String value = null;
    for (ChecksumAlgorithm each : ChecksumAlgorithm.values()) {
      String given = sent.text("Checksum" + each);
      if (given != null) {
        if (value != null) {
          throw S3Errors.invalidRequest(
              "Expecting a single x-amz-checksum- header. Multiple checksum Types are not"
                  + " allowed.");
        }
        algorithm = each;
        value = given;
      }
    }
    if (algorithm != null) {
      return new SentChecksum(algorithm, value);
    }
    String named = sent.text("ChecksumAlgorithm");
    return new SentChecksum(named == null ? null : require(named), null);
  }

  static ChecksumAlgorithm require(String name) {
    ChecksumAlgorithm algorithm = ChecksumAlgorithm.of(name);
    if (algorithm == null) {
      throw S3Errors.invalidRequest(
          "Checksum algorithm provided is unsupported. Please try again with any of the valid"
              + " types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
    }
    return algorithm;
  }

  /** What is to hold of the body. */
  Claims claims(@Nullable String contentMd5, ChecksumAlgorithm usual) {
    return new Claims(contentMd5, algorithm == null ? usual : algorithm, value);
  }

  /** Whether the body comes with a digest of whatever kind. */
  boolean vouched(@Nullable String contentMd5) {
    return contentMd5 != null || algorithm != null;
  }
}
