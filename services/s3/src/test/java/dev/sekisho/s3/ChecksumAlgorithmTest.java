package dev.sekisho.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Checksums are those that AWS's clients compute, and combine as if the text were whole. */
class ChecksumAlgorithmTest {

  private static final byte[] DIGITS = "123456789".getBytes(StandardCharsets.US_ASCII);

  @Test
  void theCheckValuesOfTheCatalogue() {
    assertThat(hex(ChecksumAlgorithm.CRC32, DIGITS)).isEqualTo("cbf43926");
    assertThat(hex(ChecksumAlgorithm.CRC32C, DIGITS)).isEqualTo("e3069283");
    assertThat(hex(ChecksumAlgorithm.CRC64NVME, DIGITS)).isEqualTo("ae8b14860a799888");
    assertThat(hex(ChecksumAlgorithm.SHA1, DIGITS))
        .isEqualTo("f7c3bc1d808e04732adf679965ccc34ca7ae3441");
    assertThat(hex(ChecksumAlgorithm.SHA256, DIGITS))
        .isEqualTo("15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225");
  }

  @Test
  void lengthsAreAsSaid() {
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      assertThat(algorithm.begin().end()).as(algorithm.name()).hasSize(algorithm.bytes());
    }
  }

  @Test
  void howATextIsCutForFeedingChangesNothing() {
    Random random = new Random(64);
    for (int round = 0; round < 500; round++) {
      byte[] text = new byte[random.nextInt(200)];
      random.nextBytes(text);
      for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
        ChecksumAlgorithm.Running running = algorithm.begin();
        int at = 0;
        while (at < text.length) {
          int count = 1 + random.nextInt(text.length - at);
          running.update(text, at, count);
          at += count;
        }
        assertThat(running.end()).isEqualTo(of(algorithm, text));
      }
    }
  }

  @Test
  void longTextsAreAsIfTakenByteByByte() {
    Random random = new Random(66);
    for (int round = 0; round < 40; round++) {
      byte[] text = new byte[random.nextInt(100_000)];
      random.nextBytes(text);
      Crc64Nvme slowly = new Crc64Nvme();
      for (byte each : text) {
        slowly.update(each);
      }
      Crc64Nvme atOnce = new Crc64Nvme();
      int cut = random.nextInt(text.length + 1);
      atOnce.update(text, 0, cut);
      atOnce.update(text, cut, text.length - cut);
      assertThat(atOnce.getValue()).isEqualTo(slowly.getValue());
    }
  }

  @Test
  void partsCombineToTheWhole() {
    Random random = new Random(65);
    for (int round = 0; round < 2_000; round++) {
      byte[] text = new byte[random.nextInt(5_000)];
      random.nextBytes(text);
      int cut = random.nextInt(text.length + 1);
      byte[] first = Arrays.copyOfRange(text, 0, cut);
      byte[] second = Arrays.copyOfRange(text, cut, text.length);
      for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
        CrcCombination combination = algorithm.combination();
        if (combination != null) {
          long whole =
              combination.combine(
                  ChecksumAlgorithm.toNumber(of(algorithm, first)),
                  ChecksumAlgorithm.toNumber(of(algorithm, second)),
                  second.length);
          assertThat(ChecksumAlgorithm.toBytes(whole, algorithm.bytes()))
              .as("%s of %s and %s", algorithm, first.length, second.length)
              .isEqualTo(of(algorithm, text));
        }
      }
    }
  }

  @Test
  void namesAreFoundInAnyCase() {
    assertThat(ChecksumAlgorithm.of("crc32c")).isEqualTo(ChecksumAlgorithm.CRC32C);
    assertThat(ChecksumAlgorithm.of("MD5")).isNull();
    assertThat(ChecksumAlgorithm.of(null)).isNull();
    assertThat(ChecksumAlgorithm.CRC64NVME.header()).isEqualTo("x-amz-checksum-crc64nvme");
  }

  @Test
  void valuesAreShownUnderTheirOwnNameOnly() {
    ObjectChecksum checksum =
        ObjectChecksum.of(ChecksumAlgorithm.CRC32, of(ChecksumAlgorithm.CRC32, DIGITS));
    assertThat(checksum.as(ChecksumAlgorithm.CRC32))
        .isEqualTo(Base64.getEncoder().encodeToString(HexFormat.of().parseHex("cbf43926")));
    assertThat(checksum.as(ChecksumAlgorithm.SHA1)).isNull();
  }

  private static byte[] of(ChecksumAlgorithm algorithm, byte[] text) {
    ChecksumAlgorithm.Running running = algorithm.begin();
    running.update(text, 0, text.length);
    return running.end();
  }

  private static String hex(ChecksumAlgorithm algorithm, byte[] text) {
    return HexFormat.of().formatHex(of(algorithm, text));
  }
}
