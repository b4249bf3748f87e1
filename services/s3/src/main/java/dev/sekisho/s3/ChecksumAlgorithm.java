package dev.sekisho.s3;

import dev.sekisho.crypto.Digests;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * The checksums that objects can have.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">Checking
 *     object integrity</a>
 */
enum ChecksumAlgorithm {
  CRC32(4),
  CRC32C(4),
  CRC64NVME(8),
  SHA1(20),
  SHA256(32);

  private static final CrcCombination OF_CRC32 = new CrcCombination(32, 0xEDB88320L);
  private static final CrcCombination OF_CRC32C = new CrcCombination(32, 0x82F63B78L);
  private static final CrcCombination OF_CRC64NVME = new CrcCombination(64, Crc64Nvme.REFLECTED);

  /** What is computed when the caller names none. */
  static final ChecksumAlgorithm USUAL = CRC64NVME;

  private final int bytes;

  ChecksumAlgorithm(int bytes) {
    this.bytes = bytes;
  }

  /**
   * The algorithm of the name.
   *
   * @return null when there is none of that name
   */
  static @Nullable ChecksumAlgorithm of(@Nullable String name) {
    for (ChecksumAlgorithm each : values()) {
      if (each.name().equalsIgnoreCase(name)) {
        return each;
      }
    }
    return null;
  }

  /** Bytes of a checksum. */
  int bytes() {
    return bytes;
  }

  /** The header that carries it. */
  String header() {
    return "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
  }

  /** Whether the checksum of a whole object comes out of its parts' checksums. */
  @Nullable CrcCombination combination() {
    return switch (this) {
      case CRC32 -> OF_CRC32;
      case CRC32C -> OF_CRC32C;
      case CRC64NVME -> OF_CRC64NVME;
      case SHA1, SHA256 -> null;
    };
  }

  /** Begins a checksum. */
  Running begin() {
    return switch (this) {
      case CRC32 -> new RunningCrc(new CRC32(), bytes);
      case CRC32C -> new RunningCrc(new CRC32C(), bytes);
      case CRC64NVME -> new RunningCrc(new Crc64Nvme(), bytes);
      case SHA1 -> new RunningDigest(Digests.begin("SHA-1"));
      case SHA256 -> new RunningDigest(Digests.begin("SHA-256"));
    };
  }

  /** A checksum on its way. */
  interface Running {
    void update(byte[] source, int offset, int length);

    /** The checksum, after which nothing more may come. */
    byte[] end();
  }

  private record RunningCrc(Checksum checksum, int bytes) implements Running {
    @Override
    public void update(byte[] source, int offset, int length) {
      checksum.update(source, offset, length);
    }

    @Override
    public byte[] end() {
      return toBytes(checksum.getValue(), bytes);
    }
  }

  private record RunningDigest(MessageDigest digest) implements Running {
    @Override
    public void update(byte[] source, int offset, int length) {
      digest.update(source, offset, length);
    }

    @Override
    public byte[] end() {
      return digest.digest();
    }
  }

  /** The number's lowest bytes, highest first. */
  static byte[] toBytes(long value, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (value >>> (8 * (count - 1 - i)));
    }
    return bytes;
  }

  /** The number of which these are the lowest bytes, highest first. */
  static long toNumber(byte[] bytes) {
    long value = 0;
    for (byte each : bytes) {
      value = (value << 8) | (each & 0xff);
    }
    return value;
  }
}
