package dev.sekisho.crypto;

import static dev.sekisho.crypto.Wycheproof.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every signature that Wycheproof calls valid is taken, and none of the others. */
class SignatureVectorsTest {

  record File(String name, KeyPairSpec spec, SigningAlgorithm algorithm) {}

  @BeforeAll
  static void waitForCorretto() {
    Providers.awaitCorretto();
  }

  static Stream<File> files() {
    return Stream.of(
        new File(
            "ecdsa_secp256r1_sha256", KeyPairSpec.ECC_NIST_P256, SigningAlgorithm.ECDSA_SHA_256),
        new File(
            "ecdsa_secp384r1_sha384", KeyPairSpec.ECC_NIST_P384, SigningAlgorithm.ECDSA_SHA_384),
        new File(
            "ecdsa_secp521r1_sha512", KeyPairSpec.ECC_NIST_P521, SigningAlgorithm.ECDSA_SHA_512),
        new File(
            "ecdsa_secp256k1_sha256", KeyPairSpec.ECC_SECG_P256K1, SigningAlgorithm.ECDSA_SHA_256),
        new File(
            "rsa_signature_2048_sha256",
            KeyPairSpec.RSA_2048,
            SigningAlgorithm.RSASSA_PKCS1_V1_5_SHA_256),
        new File(
            "rsa_signature_3072_sha256",
            KeyPairSpec.RSA_3072,
            SigningAlgorithm.RSASSA_PKCS1_V1_5_SHA_256),
        new File(
            "rsa_signature_4096_sha512",
            KeyPairSpec.RSA_4096,
            SigningAlgorithm.RSASSA_PKCS1_V1_5_SHA_512),
        new File(
            "rsa_pss_2048_sha256_mgf1_32",
            KeyPairSpec.RSA_2048,
            SigningAlgorithm.RSASSA_PSS_SHA_256),
        new File(
            "rsa_pss_3072_sha256_mgf1_32",
            KeyPairSpec.RSA_3072,
            SigningAlgorithm.RSASSA_PSS_SHA_256),
        new File(
            "rsa_pss_4096_sha512_mgf1_64",
            KeyPairSpec.RSA_4096,
            SigningAlgorithm.RSASSA_PSS_SHA_512),
        new File("ed25519", KeyPairSpec.ECC_NIST_EDWARDS25519, SigningAlgorithm.ED25519_SHA_512),
        new File("mldsa_44_verify", KeyPairSpec.ML_DSA_44, SigningAlgorithm.ML_DSA_SHAKE_256),
        new File("mldsa_65_verify", KeyPairSpec.ML_DSA_65, SigningAlgorithm.ML_DSA_SHAKE_256),
        new File("mldsa_87_verify", KeyPairSpec.ML_DSA_87, SigningAlgorithm.ML_DSA_SHAKE_256));
  }

  @ParameterizedTest
  @MethodSource("files")
  void takesTheValidAndNoOthers(File file) {
    AsymmetricKey stranger = KeyPairs.generate(file.spec());
    int count =
        Wycheproof.forEach(
            file.name(),
            (group, vector) -> {
              if (!isForUs(vector)) {
                return;
              }
              boolean valid = vector.path("result").asText().equals("valid");
              byte[] message = bytes(vector, "msg");
              byte[] signature = bytes(vector, "sig");
              assertThat(verify(file, group, stranger, MessageType.RAW, message, signature))
                  .as("%s %s", vector.path("tcId"), vector.path("comment"))
                  .isEqualTo(valid);
              if (file.algorithm().takes(MessageType.DIGEST)) {
                assertThat(
                        verify(
                            file,
                            group,
                            stranger,
                            MessageType.DIGEST,
                            digest(file.algorithm(), message),
                            signature))
                    .isEqualTo(valid);
              }
            });
    assertThat(count).isGreaterThan(80);
  }

  @Test
  void anMlDsaSignatureMadeFromASeedIsTaken() {
    for (KeyPairSpec spec : new KeyPairSpec[] {KeyPairSpec.ML_DSA_44, KeyPairSpec.ML_DSA_65}) {
      String file = "mldsa_" + spec.name().substring(7) + "_sign_seed";
      int count =
          Wycheproof.forEach(
              file,
              (group, vector) -> {
                if (!vector.path("result").asText().equals("valid")
                    || !group.path("privateKeyPkcs8").asText().startsWith("30")
                    || !isForUs(vector)) {
                  return;
                }
                AsymmetricKey key = ImportedKeyPairs.read(spec, bytes(group, "privateKeyPkcs8"));
                byte[] made =
                    Signatures.sign(
                        key,
                        SigningAlgorithm.ML_DSA_SHAKE_256,
                        MessageType.RAW,
                        bytes(vector, "msg"));
                for (byte[] signature : new byte[][] {made, bytes(vector, "sig")}) {
                  assertThat(
                          Signatures.verify(
                              key,
                              SigningAlgorithm.ML_DSA_SHAKE_256,
                              MessageType.RAW,
                              bytes(vector, "msg"),
                              signature))
                      .isTrue();
                  if (vector.path("mu").asText().length() == 128) {
                    assertThat(
                            Signatures.verify(
                                key,
                                SigningAlgorithm.ML_DSA_SHAKE_256,
                                MessageType.EXTERNAL_MU,
                                bytes(vector, "mu"),
                                signature))
                        .isTrue();
                  }
                }
              });
      assertThat(count).isGreaterThan(20);
    }
  }

  /** KMS signs with an empty context, and only on a message. */
  private static boolean isForUs(JsonNode vector) {
    return vector.path("ctx").asText("").isEmpty()
        && !vector.path("result").asText().equals("acceptable")
        && vector.hasNonNull("msg");
  }

  private static boolean verify(
      File file,
      JsonNode group,
      AsymmetricKey stranger,
      MessageType type,
      byte[] message,
      byte[] signature) {
    AsymmetricKey key;
    try {
      key = KeyPairs.read(file.spec(), stranger.pkcs8(), Blob.of(bytes(group, "publicKeyDer")));
    } catch (CryptoException notAKey) {
      return false;
    }
    return Signatures.verify(key, file.algorithm(), type, message, signature);
  }

  private static byte[] digest(SigningAlgorithm algorithm, byte[] message) {
    try {
      return MessageDigest.getInstance(algorithm.digest()).digest(message);
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Test
  void aKeyNeverPrintsItself() {
    for (KeyPairSpec spec : KeyPairSpec.values()) {
      AsymmetricKey key = KeyPairs.generate(spec);
      assertThat(key).hasToString("AsymmetricKey[" + spec + "]");
      assertThat(key.pkcs8()).isInstanceOf(Secret.class).hasToString("Secret[hidden]");
    }
  }
}
