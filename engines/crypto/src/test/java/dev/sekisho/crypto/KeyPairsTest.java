package dev.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Key pairs are made, kept, read back and brought in from outside. */
class KeyPairsTest {

  private final Random random = new Random(3);

  @BeforeAll
  static void waitForCorretto() {
    Providers.awaitCorretto();
  }

  static Stream<Arguments> uses() {
    List<Arguments> uses = new ArrayList<>();
    for (KeyPairSpec spec : KeyPairSpec.values()) {
      for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
        if (!spec.encapsulates() && suits(spec, algorithm)) {
          for (MessageType type : MessageType.values()) {
            if (algorithm.takes(type)) {
              uses.add(Arguments.of(spec, algorithm, type));
            }
          }
        }
      }
    }
    return uses.stream();
  }

  @ParameterizedTest
  @MethodSource("uses")
  void whatIsSignedIsVerifiedAndNothingElseIs(
      KeyPairSpec spec, SigningAlgorithm algorithm, MessageType type) {
    AsymmetricKey key = KeyPairs.generate(spec);
    byte[] message = bytes(type == MessageType.RAW ? 300 : algorithm.digestBytes());
    byte[] signature = Signatures.sign(key, algorithm, type, message);

    assertThat(Signatures.verify(key, algorithm, type, message, signature)).isTrue();
    AsymmetricKey readBack = KeyPairs.read(spec, key.pkcs8(), key.subjectPublicKeyInfo());
    assertThat(
            Signatures.verify(
                key, algorithm, type, message, Signatures.sign(readBack, algorithm, type, message)))
        .isTrue();
    for (int i = 0; i < 20; i++) {
      assertThat(Signatures.verify(key, algorithm, type, flipped(message), signature)).isFalse();
      assertThat(Signatures.verify(key, algorithm, type, message, flipped(signature))).isFalse();
    }
    for (int length : new int[] {0, 1, signature.length - 1, signature.length + 1}) {
      assertThat(
              Signatures.verify(
                  key, algorithm, type, message, java.util.Arrays.copyOf(signature, length)))
          .isFalse();
    }
    assertThat(Signatures.verify(KeyPairs.generate(spec), algorithm, type, message, signature))
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource(KeyPairSpec.class)
  void whatWasMadeCanBeBroughtInAgainWithItsPublicHalfComputed(KeyPairSpec spec) {
    AsymmetricKey key = KeyPairs.generate(spec);

    AsymmetricKey imported = ImportedKeyPairs.read(spec, key.pkcs8().reveal());

    assertThat(imported.subjectPublicKeyInfo()).isEqualTo(key.subjectPublicKeyInfo());
    for (KeyPairSpec other : KeyPairSpec.values()) {
      if (other != spec) {
        assertThatThrownBy(() -> ImportedKeyPairs.read(other, key.pkcs8().reveal()))
            .as("%s as %s", spec, other)
            .isInstanceOf(CryptoException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(KeyPairSpec.class)
  void damagedKeysAreRefusedOrStillWork(KeyPairSpec spec) {
    byte[] good = KeyPairs.generate(spec).pkcs8().reveal();
    for (int i = 0; i < 24; i++) {
      byte[] damaged = flipped(good);
      try {
        ImportedKeyPairs.read(spec, damaged);
      } catch (CryptoException refused) {
        assertThat(refused).hasMessage("cannot be opened");
      }
    }
    assertThatThrownBy(() -> ImportedKeyPairs.read(spec, new byte[0]))
        .isInstanceOf(CryptoException.class);
    assertThatThrownBy(
            () -> KeyPairs.read(spec, Secret.of(new byte[40]), dev.sekisho.core.Blob.of(good)))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void thePoolGivesEachPairOnce() {
    KeyPairPool pool = new KeyPairPool();
    List<CompletableFuture<AsymmetricKey>> taken = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      taken.add(CompletableFuture.supplyAsync(() -> pool.take(KeyPairSpec.RSA_2048)));
    }
    taken.add(CompletableFuture.completedFuture(pool.take(KeyPairSpec.ECC_NIST_P256)));
    Set<String> different = new HashSet<>();
    for (CompletableFuture<AsymmetricKey> each : taken) {
      different.add(each.join().subjectPublicKeyInfo().base64());
    }
    assertThat(different).hasSize(9);
  }

  private static boolean suits(KeyPairSpec spec, SigningAlgorithm algorithm) {
    return switch (algorithm.scheme()) {
      case PSS, PKCS1 -> spec.family() == KeyPairSpec.Family.RSA;
      case ECDSA -> algorithm == SigningAlgorithm.usual(spec);
      case ED25519, ED25519_PH -> spec.family() == KeyPairSpec.Family.EDWARDS;
      case ML_DSA -> spec.family() == KeyPairSpec.Family.ML_DSA;
      case SM2 -> spec == KeyPairSpec.SM2;
    };
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] flipped(byte[] bytes) {
    byte[] altered = bytes.clone();
    altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
    return altered;
  }
}
