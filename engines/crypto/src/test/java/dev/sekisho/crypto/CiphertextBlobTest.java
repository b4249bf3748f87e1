package dev.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CiphertextBlobTest {

  private static final String MATERIAL = "0f".repeat(32);

  private final Random random = new Random(7);
  private final Randomness randomness = random::nextBytes;
  private final Secret key = Secret.of(randomness.bytes(32));

  @Test
  void opensWhatItMadeAtEverySizeAndInAnyOrderOfContext() {
    for (int size = 1; size <= 4_096; size += 1 + random.nextInt(40)) {
      byte[] plaintext = randomness.bytes(size);
      Map<String, String> forward = new LinkedHashMap<>();
      Map<String, String> backward = new LinkedHashMap<>();
      forward.put("a", "1");
      forward.put("b", "2");
      backward.put("b", "2");
      backward.put("a", "1");

      byte[] blob = CiphertextBlob.encrypt(MATERIAL, key, forward, plaintext, randomness);

      assertThat(blob.length).isLessThanOrEqualTo(6_144);
      CiphertextBlob parsed = CiphertextBlob.parse(blob);
      assertThat(parsed.materialId()).isEqualTo(MATERIAL);
      assertThat(parsed.decrypt(key, backward)).isEqualTo(plaintext);
    }
  }

  @Test
  void looksAsAwsMakesThem() {
    byte[] blob = CiphertextBlob.encrypt(MATERIAL, key, Map.of(), new byte[32], randomness);

    assertThat(Base64.getEncoder().encodeToString(blob)).startsWith("AQICAH");
  }

  @Test
  void anyFlippedBitFailsTheSameWay() {
    byte[] blob =
        CiphertextBlob.encrypt(MATERIAL, key, Map.of("k", "v"), randomness.bytes(64), randomness);
    for (int bit = 0; bit < blob.length * 8; bit++) {
      byte[] altered = blob.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(
              () -> {
                CiphertextBlob parsed = CiphertextBlob.parse(altered);
                // Another material id means that KMS finds no key at all.
                if (!parsed.materialId().equals(MATERIAL)) {
                  throw new CryptoException();
                }
                parsed.decrypt(key, Map.of("k", "v"));
              })
          .as("bit %d", bit)
          .isExactlyInstanceOf(CryptoException.class)
          .hasMessage("cannot be opened");
    }
  }

  @Test
  void anotherContextKeyOrLengthIsRefused() {
    byte[] blob = CiphertextBlob.encrypt(MATERIAL, key, Map.of("ab", "c"), new byte[8], randomness);
    CiphertextBlob parsed = CiphertextBlob.parse(blob);

    for (Map<String, String> other :
        java.util.List.of(Map.<String, String>of(), Map.of("a", "bc"), Map.of("ab", "C"))) {
      assertThatThrownBy(() -> parsed.decrypt(key, other)).isInstanceOf(CryptoException.class);
    }
    Secret otherKey = Secret.of(randomness.bytes(32));
    assertThatThrownBy(() -> parsed.decrypt(otherKey, Map.of("ab", "c")))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void neverThrowsAnythingElseOnArbitraryBytes() {
    byte[] good = CiphertextBlob.encrypt(MATERIAL, key, Map.of(), new byte[300], randomness);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int change = 0; change <= random.nextInt(4); change++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      byte[] cut = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 20));
      try {
        CiphertextBlob.parse(cut);
      } catch (CryptoException expected) {
        assertThat(expected).hasMessage("cannot be opened");
      }
    }
  }
}
