package dev.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.Secret;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import javax.crypto.KEM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A secret is found by the private key alone, and by the JDK's own ML-KEM as well. */
class KeyEncapsulationTest {

  private final Random random = new Random(203);

  @ParameterizedTest
  @CsvSource({"ML_KEM_512, 768", "ML_KEM_768, 1088", "ML_KEM_1024, 1568"})
  void whatIsEncapsulatedIsFoundAgain(KeyPairSpec spec, int length) {
    AsymmetricKey key = KeyPairs.generate(spec);
    AsymmetricKey readBack = KeyPairs.read(spec, key.pkcs8(), key.subjectPublicKeyInfo());
    Set<Secret> secrets = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      KeyEncapsulation.Encapsulated made = KeyEncapsulation.encapsulate(key);
      assertThat(made.secret().length()).isEqualTo(32);
      assertThat(made.ciphertext().length()).isEqualTo(length);
      assertThat(KeyEncapsulation.decapsulate(readBack, made.ciphertext().bytes()))
          .isEqualTo(made.secret());
      secrets.add(made.secret());
    }
    assertThat(secrets).hasSize(50);
  }

  @ParameterizedTest
  @CsvSource({"ML_KEM_512", "ML_KEM_768", "ML_KEM_1024"})
  void anAlteredCiphertextLeadsElsewhereWithoutAWord(KeyPairSpec spec) {
    AsymmetricKey key = KeyPairs.generate(spec);
    KeyEncapsulation.Encapsulated made = KeyEncapsulation.encapsulate(key);
    for (int i = 0; i < 100; i++) {
      byte[] altered = made.ciphertext().bytes();
      altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));

      Secret first = KeyEncapsulation.decapsulate(key, altered);
      assertThat(first).isNotEqualTo(made.secret());
      assertThat(KeyEncapsulation.decapsulate(key, altered)).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @CsvSource({"ML_KEM_512", "ML_KEM_768", "ML_KEM_1024"})
  void aCiphertextOfAnotherLengthIsRefused(KeyPairSpec spec) {
    AsymmetricKey key = KeyPairs.generate(spec);
    byte[] good = KeyEncapsulation.encapsulate(key).ciphertext().bytes();
    for (int length : new int[] {0, 1, 32, good.length - 1, good.length + 1, 2 * good.length}) {
      byte[] other = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> KeyEncapsulation.decapsulate(key, other))
          .isInstanceOf(CryptoException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"ML_KEM_512", "ML_KEM_768", "ML_KEM_1024"})
  void theJdkEncapsulatesForTheSamePublicKey(KeyPairSpec spec) throws Exception {
    AsymmetricKey key = KeyPairs.generate(spec);
    java.security.PublicKey published =
        java.security.KeyFactory.getInstance("ML-KEM", "SunJCE")
            .generatePublic(
                new java.security.spec.X509EncodedKeySpec(key.subjectPublicKeyInfo().bytes()));

    KEM.Encapsulated made =
        KEM.getInstance("ML-KEM", "SunJCE").newEncapsulator(published).encapsulate();

    assertThat(KeyEncapsulation.decapsulate(key, made.encapsulation()))
        .isEqualTo(Secret.of(made.key().getEncoded()));
  }
}
