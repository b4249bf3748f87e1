package dev.sekisho.crypto.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.CryptoException;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootFormTest {

  private static final String SALT = "MDEyMzQ1Njc4OWFiY2RlZg==";
  private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file " + KEY,
        "passphrase argon2id 65536 3 4 " + SALT,
        "passphrase argon2id 19456 2 1 " + SALT,
        "hsm sekisho-0123456789abcdef"
      })
  void isWrittenAsItIsRead(String text) {
    assertThat(RootForm.parse(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "file",
        "file AAAA",
        "file  " + KEY,
        "file " + KEY + " x",
        "passphrase",
        "passphrase argon2i 65536 3 4 " + SALT,
        "passphrase scrypt 65536 3 4 " + SALT,
        "passphrase argon2id 8 3 4 " + SALT,
        "passphrase argon2id 65536 1 4 " + SALT,
        "passphrase argon2id 65536 3 0 " + SALT,
        "passphrase argon2id 262145 3 4 " + SALT,
        "passphrase argon2id 65536 17 4 " + SALT,
        "passphrase argon2id 65536 3 17 " + SALT,
        "passphrase argon2id -65536 3 4 " + SALT,
        "passphrase argon2id +65536 3 4 " + SALT,
        "passphrase argon2id 065536 3 4 " + SALT,
        "passphrase argon2id 99999999999 3 4 " + SALT,
        "passphrase argon2id 65536 3 4 AAAA",
        "passphrase argon2id 65536 3 4 MDEyMzQ1Njc4OWFiY2RlZg",
        "hsm",
        "hsm ",
        "hsm a/b",
        "hsm ${user.home}",
        "cloud x"
      })
  void whatCouldWeakenOrStallAStartIsRefused(String text) {
    assertThatThrownBy(() -> RootForm.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysNothingSecretWhereItIsShown() {
    assertThat(RootForm.parse("file " + KEY).shown()).isEqualTo("file");
    assertThat(RootForm.parse("file " + KEY).toString()).doesNotContain(KEY);
  }

  /** The vector of RFC 9106, section 5.3, through the library that makes our keys. */
  @Test
  void argon2idIsTheOneOfTheStandard() {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(32)
            .withIterations(3)
            .withParallelism(4)
            .withSalt(filled(16, 2))
            .withSecret(filled(8, 3))
            .withAdditional(filled(12, 4))
            .build());
    byte[] tag = new byte[32];
    generator.generateBytes(filled(32, 1), tag);

    assertThat(HexFormat.of().formatHex(tag))
        .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  }

  @Test
  void theParametersAndTheSaltMakeTheKey() {
    Secret words = Secret.of("a passphrase for tests");
    RootForm.FromPassphrase one = form(19_456, 2, 1, 5);
    byte[] sealed = LocalRootKey.of(one, words, Randomness.system()).seal("p", new byte[8]);

    assertThat(LocalRootKey.of(one, words, Randomness.system()).open("p", sealed))
        .isEqualTo(new byte[8]);
    for (RootForm.FromPassphrase other :
        new RootForm.FromPassphrase[] {
          form(19_464, 2, 1, 5), form(19_456, 3, 1, 5), form(19_456, 2, 2, 5), form(19_456, 2, 1, 6)
        }) {
      assertThatThrownBy(() -> LocalRootKey.of(other, words, Randomness.system()).open("p", sealed))
          .isInstanceOf(CryptoException.class);
    }
  }

  private static RootForm.FromPassphrase form(int memory, int iterations, int lanes, int salt) {
    return new RootForm.FromPassphrase(memory, iterations, lanes, Blob.of(filled(16, salt)));
  }

  private static byte[] filled(int length, int with) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) with);
    return bytes;
  }
}
