package dev.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.core.Secret;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OneTimeCodesTest {

  private static final Secret SEED = Secret.of("12345678901234567890");

  /** Appendix B has eight digits; the last six are those of a device with six. */
  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130"
  })
  void vectorsOfTheRfcHold(long second, String code) {
    long step = OneTimeCodes.step(Instant.ofEpochSecond(second));

    assertThat(OneTimeCodes.code(SEED, step)).isEqualTo(code.substring(2));
  }

  @Test
  void everyCodeIsThatOfTheRfcsFormulaWrittenAnotherWay() throws Exception {
    Random random = new Random(6238);
    for (int i = 0; i < 20_000; i++) {
      byte[] seed = new byte[16 + random.nextInt(50)];
      random.nextBytes(seed);
      long step = random.nextLong(1L << 40);

      assertThat(OneTimeCodes.code(Secret.of(seed), step)).isEqualTo(plainly(seed, step));
    }
  }

  private static String plainly(byte[] seed, long step) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(seed, "HmacSHA1"));
    byte[] counter = new byte[8];
    byte[] significant = BigInteger.valueOf(step).toByteArray();
    System.arraycopy(significant, 0, counter, 8 - significant.length, significant.length);
    byte[] hash = mac.doFinal(counter);
    int offset = hash[19] & 15;
    BigInteger four = new BigInteger(1, Arrays.copyOfRange(hash, offset, offset + 4));
    return String.format("%06d", four.clearBit(31).mod(BigInteger.valueOf(1_000_000)));
  }

  @Test
  void aCodeIsFoundInsideTheWindowOnly() {
    Random random = new Random(1);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[20];
      random.nextBytes(bytes);
      Secret seed = Secret.of(bytes);
      long step = random.nextLong(1_000_000_000);
      int off = random.nextInt(7) - 3;
      String code = OneTimeCodes.code(seed, step + off);
      boolean expected = false;
      for (long each = step - 1; each <= step + 1; each++) {
        expected |= OneTimeCodes.code(seed, each).equals(code);
      }

      assertThat(OneTimeCodes.find(seed, code, step - 1, step + 1).isPresent()).isEqualTo(expected);
      if (Math.abs(off) <= 1) {
        assertThat(expected).isTrue();
      }
    }
  }

  @Test
  void aPairIsFoundOnlyWhereTheSecondFollowsTheFirst() {
    long step = 55_000_000;
    String first = OneTimeCodes.code(SEED, step);
    String second = OneTimeCodes.code(SEED, step + 1);

    assertThat(OneTimeCodes.findPair(SEED, first, second, step - 5, step + 5)).hasValue(step);
    assertThat(OneTimeCodes.findPair(SEED, second, first, step - 5, step + 5)).isEmpty();
    assertThat(OneTimeCodes.findPair(SEED, first, first, step - 5, step + 5)).isEmpty();
    assertThat(
            OneTimeCodes.findPair(
                SEED, first, OneTimeCodes.code(SEED, step + 2), step - 5, step + 5))
        .isEmpty();
    assertThat(OneTimeCodes.findPair(SEED, first, second, step + 1, step + 5)).isEmpty();
  }

  @Test
  void whatIsNotACodeIsNoCode() {
    for (String text : new String[] {"", "12345", "1234567", "abcdef", "００００００", "-12345"}) {
      assertThat(OneTimeCodes.find(SEED, text, 0, 1_000)).isEmpty();
    }
  }

  @Test
  void stepsBeginEveryThirtySeconds() {
    assertThat(OneTimeCodes.step(Instant.ofEpochSecond(0))).isZero();
    assertThat(OneTimeCodes.step(Instant.ofEpochSecond(29, 999_999_999))).isZero();
    assertThat(OneTimeCodes.step(Instant.ofEpochSecond(30))).isEqualTo(1);
  }
}
