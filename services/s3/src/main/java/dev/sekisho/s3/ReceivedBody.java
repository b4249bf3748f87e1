package dev.sekisho.s3;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Content;
import dev.sekisho.core.Secret;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes in a body to its end, seals it into a file and checks it against what the caller said. */
final class ReceivedBody {

  /** The most that can be put at once: 5 GiB. */
  static final long LARGEST = 5L << 30;

  private static final int BUFFER = 1 << 16;
  private static final int MD5_BYTES = 16;

  private final ObjectFiles files;

  ReceivedBody(ObjectFiles files) {
    this.files = files;
  }

  /**
   * What the caller says of a body.
   *
   * @param contentMd5 in base64
   * @param algorithm the checksum that is kept of it
   * @param checksum in base64, as far as it is known before the body; null when it was not given
   */
  record Claims(
      @Nullable String contentMd5, ChecksumAlgorithm algorithm, @Nullable String checksum) {

    /**
     * Refuses what can be no digest before a byte is read.
     *
     * @throws ServiceException InvalidDigest or InvalidRequest
     */
    void requireWellFormed() {
      if (contentMd5 != null && length(contentMd5) != MD5_BYTES) {
        throw S3Errors.invalidDigest(contentMd5);
      }
      if (checksum != null && length(checksum) != algorithm.bytes()) {
        throw S3Errors.invalidRequest("Value for " + algorithm.header() + " header is invalid.");
      }
    }

    private static int length(String base64) {
      try {
        return Base64.getDecoder().decode(base64).length;
      } catch (IllegalArgumentException notBase64) {
        return -1;
      }
    }
  }

  /**
   * Takes in what the caller sent. Nothing is left when anything fails.
   *
   * @param sent none for an empty body
   * @throws ServiceException BadDigest, EntityTooLarge, or what the body itself throws
   */
  Stored receive(@Nullable Content sent, Secret key, Encryption encryption, Claims claims) {
    claims.requireWellFormed();
    Content body = sent == null ? Blob.of(new byte[0]) : sent;
    if (body.size() > LARGEST) {
      throw S3Errors.entityTooLarge(body.size(), LARGEST);
    }
    return receive(body.open(), key, encryption, claims, body::trailer);
  }

  /** Takes in what was read elsewhere, such as the original of a copy. */
  Stored receive(InputStream body, Secret key, Encryption encryption, ChecksumAlgorithm algorithm) {
    return receive(body, key, encryption, new Claims(null, algorithm, null), Map::of);
  }

  private Stored receive(
      InputStream body,
      Secret key,
      Encryption encryption,
      Claims claims,
      Supplier<Map<String, String>> trailer) {
    // Of what KMS seals no MD5 is told, so it is computed only to be held against the caller's.
    MessageDigest md5 =
        encryption.byKms() && claims.contentMd5() == null ? null : Digests.begin("MD5");
    ChecksumAlgorithm.Running running = claims.algorithm().begin();
    try (SealedFileWriter writer = files.begin(key);
        InputStream stream = body) {
      byte[] buffer = new byte[BUFFER];
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        if (writer.length() + count > LARGEST) {
          throw S3Errors.entityTooLarge(writer.length() + count, LARGEST);
        }
        if (md5 != null) {
          md5.update(buffer, 0, count);
        }
        running.update(buffer, 0, count);
        writer.write(buffer, 0, count);
      }
      byte[] digest = md5 == null ? null : md5.digest();
      byte[] checksum = running.end();
      check(claims, trailer.get(), digest, checksum);
      writer.finish();
      return new Stored(
          writer.name(),
          writer.length(),
          digest == null || encryption.byKms() ? null : HexFormat.of().formatHex(digest),
          ObjectChecksum.of(claims.algorithm(), checksum));
    } catch (IOException failed) {
      throw StorageTrouble.of(failed);
    }
  }

  private static void check(
      Claims claims, Map<String, String> trailer, byte @Nullable [] md5, byte[] checksum) {
    String contentMd5 = claims.contentMd5();
    if (contentMd5 != null && !Arrays.equals(Base64.getDecoder().decode(contentMd5), md5)) {
      throw S3Errors.badDigest("Content-MD5");
    }
    String computed = Base64.getEncoder().encodeToString(checksum);
    String given = claims.checksum();
    if (given == null) {
      given = trailer.get(claims.algorithm().header());
    }
    if (given != null && !given.equals(computed)) {
      throw S3Errors.badDigest(claims.algorithm().name());
    }
  }
}
