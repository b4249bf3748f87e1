package dev.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeyringTest {

  private final Randomness randomness = Randomness.system();

  @Test
  void opensOnlyForThePurposeItSealedFor() {
    Keyring keyring = keyring(1);
    byte[] sealed = keyring.seal("a/1", bytes("hello"));

    assertThat(keyring.open("a/1", sealed)).isEqualTo(bytes("hello"));
    assertThatThrownBy(() -> keyring.open("a/2", sealed)).isInstanceOf(CryptoException.class);
    assertThatThrownBy(() -> keyring.open("a/1", new byte[3])).isInstanceOf(CryptoException.class);
  }

  @Test
  void everyAlteredByteIsRefused() {
    Keyring keyring = keyring(1);
    byte[] sealed = keyring.seal("p", bytes("hello"));
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      assertThatThrownBy(() -> keyring.open("p", altered)).isInstanceOf(CryptoException.class);
    }
  }

  @Test
  void anOlderKeyStillOpensWhatItSealed() {
    Secret first = Secret.of(randomness.bytes(32));
    byte[] sealed = new Keyring(Map.of(1, first), 1, randomness).seal("p", bytes("old"));
    Keyring rotated =
        new Keyring(Map.of(1, first, 2, Secret.of(randomness.bytes(32))), 2, randomness);

    assertThat(rotated.open("p", sealed)).isEqualTo(bytes("old"));
    assertThat(rotated.open("p", rotated.seal("p", bytes("new")))).isEqualTo(bytes("new"));
  }

  @Test
  void aKeyThatIsAddedOpensAtOnceAndSealsWhenTold() {
    Secret second = Secret.of(randomness.bytes(32));
    Keyring keyring = keyring(1);
    Keyring another = new Keyring(Map.of(2, second), 2, randomness);
    byte[] sealed = another.seal("p", bytes("new"));
    assertThatThrownBy(() -> keyring.open("p", sealed)).isInstanceOf(CryptoException.class);

    keyring.add(2, second);
    assertThat(keyring.open("p", sealed)).isEqualTo(bytes("new"));
    assertThat(keyring.seal("p", bytes("x"))).startsWith(Keyring.headOf(1));
    keyring.sealWith(2);
    assertThat(keyring.seal("p", bytes("x"))).startsWith(Keyring.headOf(2));
    assertThat(keyring.numbers()).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void aKeyIsNeverReplacedAndAnUnknownOneNeverSeals() {
    Keyring keyring = keyring(1);
    assertThatThrownBy(() -> keyring.add(1, Secret.of(randomness.bytes(32))))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> keyring.sealWith(2)).isInstanceOf(IllegalArgumentException.class);
    assertThat(keyring.current()).isEqualTo(1);
  }

  @Test
  void whoAsksForAnUnknownKeyIsGivenOneLook() {
    Secret second = Secret.of(randomness.bytes(32));
    byte[] sealed = new Keyring(Map.of(2, second), 2, randomness).seal("p", bytes("new"));
    Keyring keyring = keyring(1);
    AtomicInteger looks = new AtomicInteger();
    keyring.whenUnknown(() -> {
      if (looks.incrementAndGet() == 2) {
        keyring.add(2, second);
      }
    });

    assertThatThrownBy(() -> keyring.open("p", sealed)).isInstanceOf(CryptoException.class);
    assertThat(keyring.open("p", sealed)).isEqualTo(bytes("new"));
    assertThat(keyring.open("p", sealed)).isEqualTo(bytes("new"));
    assertThat(looks).hasValue(2);
  }

  private Keyring keyring(int current) {
    return new Keyring(Map.of(current, Secret.of(randomness.bytes(32))), current, randomness);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
