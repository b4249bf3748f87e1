package dev.sekisho.crypto;

import static dev.sekisho.crypto.Wycheproof.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sekisho.core.Secret;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that is not a signature, held against Wycheproof. */
class CipherVectorsTest {

  @BeforeAll
  static void waitForCorretto() {
    Providers.awaitCorretto();
  }

  @Test
  void aesGcm() {
    int[] used = new int[1];
    Wycheproof.forEach(
        "aes_gcm",
        (group, vector) -> {
          if (group.path("keySize").asInt() != 256
              || group.path("ivSize").asInt() != 96
              || group.path("tagSize").asInt() != 128) {
            return;
          }
          used[0]++;
          byte[] sealed = concat(bytes(vector, "ct"), bytes(vector, "tag"));
          try {
            byte[] opened = gcm(Cipher.DECRYPT_MODE, vector, sealed);
            assertThat(isValid(vector)).as("%s", vector).isTrue();
            assertThat(opened).isEqualTo(bytes(vector, "msg"));
            assertThat(gcm(Cipher.ENCRYPT_MODE, vector, opened)).isEqualTo(sealed);
          } catch (GeneralSecurityException refused) {
            assertThat(isValid(vector)).as("%s", vector).isFalse();
          }
        });
    assertThat(used[0]).isGreaterThan(50);
  }

  private static byte[] gcm(int mode, JsonNode vector, byte[] text)
      throws GeneralSecurityException {
    return AuthenticatedEncryption.gcm(
            mode, bytes(vector, "key"), bytes(vector, "iv"), bytes(vector, "aad"))
        .doFinal(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {224, 256, 384, 512})
  void hmac(int bits) {
    MessageAuthentication hmac = MessageAuthentication.valueOf("HMAC_SHA_" + bits);
    int count =
        Wycheproof.forEach(
            "hmac_sha" + bits,
            (group, vector) -> {
              byte[] tag = bytes(vector, "tag");
              Secret key = Secret.of(bytes(vector, "key"));
              byte[] made = hmac.code(key, bytes(vector, "msg"));
              assertThat(Arrays.equals(Arrays.copyOf(made, tag.length), tag))
                  .as("%s", vector)
                  .isEqualTo(isValid(vector));
              assertThat(hmac.verify(key, bytes(vector, "msg"), tag))
                  .isEqualTo(isValid(vector) && tag.length * 8 == bits);
            });
    assertThat(count).isGreaterThan(100);
  }

  @ParameterizedTest
  @CsvSource({
    "rsa_oaep_2048_sha1_mgf1sha1,RSA_2048,SHA_1",
    "rsa_oaep_2048_sha256_mgf1sha256,RSA_2048,SHA_256",
    "rsa_oaep_4096_sha256_mgf1sha256,RSA_4096,SHA_256"
  })
  void oaep(String file, KeyPairSpec spec, RsaOaep.Hash hash) {
    int count =
        Wycheproof.forEach(
            file,
            (group, vector) -> {
              if (!vector.path("label").asText().isEmpty()) {
                return;
              }
              AsymmetricKey key = ImportedKeyPairs.read(spec, bytes(group, "privateKeyPkcs8"));
              try {
                byte[] opened = RsaOaep.decrypt(key, hash, bytes(vector, "ct"));
                assertThat(isValid(vector)).as("%s", vector).isTrue();
                assertThat(opened).isEqualTo(bytes(vector, "msg"));
                assertThat(RsaOaep.decrypt(key, hash, RsaOaep.encrypt(key, hash, opened)))
                    .isEqualTo(opened);
              } catch (CryptoException refused) {
                assertThat(isValid(vector)).as("%s", vector).isFalse();
              }
            });
    assertThat(count).isGreaterThan(25);
  }

  @Test
  void aesKeyWrapWithPadding() {
    int count =
        Wycheproof.forEach(
            "aes_kwp",
            (group, vector) -> {
              try {
                byte[] opened = KeyWrapping.unwrapPadded(bytes(vector, "key"), bytes(vector, "ct"));
                assertThat(isValid(vector)).as("%s", vector).isTrue();
                assertThat(opened).isEqualTo(bytes(vector, "msg"));
              } catch (CryptoException refused) {
                assertThat(isValid(vector) && !bytesAre(vector, "msg", 0))
                    .as("%s", vector)
                    .isFalse();
              }
            });
    assertThat(count).isGreaterThan(200);
  }

  @ParameterizedTest
  @CsvSource({
    "ecdh_secp256r1,ECC_NIST_P256,32",
    "ecdh_secp384r1,ECC_NIST_P384,48",
    "ecdh_secp521r1,ECC_NIST_P521,66"
  })
  void ecdh(String file, KeyPairSpec spec, int length) {
    int[] derived = new int[1];
    Wycheproof.forEach(
        file,
        (group, vector) -> {
          AsymmetricKey key = EcPrivateKeys.of(spec, bytes(vector, "private"));
          try {
            byte[] shared = SharedSecrets.derive(key, bytes(vector, "public")).reveal();
            derived[0]++;
            assertThat(vector.path("result").asText()).as("%s", vector).isNotEqualTo("invalid");
            assertThat(shared).hasSize(length).isEqualTo(bytes(vector, "shared"));
          } catch (CryptoException refused) {
            // "acceptable" is, for example, a point that is sent compressed.
            assertThat(isValid(vector)).as("%s", vector).isFalse();
          }
        });
    assertThat(derived[0]).isGreaterThan(50);
  }

  @Test
  void aPointOfAnotherCurveIsRefused() {
    AsymmetricKey key = KeyPairs.generate(KeyPairSpec.ECC_NIST_P256);
    for (KeyPairSpec other :
        new KeyPairSpec[] {
          KeyPairSpec.ECC_NIST_P384, KeyPairSpec.ECC_SECG_P256K1, KeyPairSpec.RSA_2048
        }) {
      byte[] peer = KeyPairs.generate(other).subjectPublicKeyInfo().bytes();
      assertThatThrownBy(() -> SharedSecrets.derive(key, peer)).isInstanceOf(CryptoException.class);
    }
  }

  private static boolean isValid(JsonNode vector) {
    return vector.path("result").asText().equals("valid");
  }

  private static boolean bytesAre(JsonNode vector, String member, int length) {
    return bytes(vector, member).length == length;
  }

  private static byte[] concat(byte[] one, byte[] two) {
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }
}
