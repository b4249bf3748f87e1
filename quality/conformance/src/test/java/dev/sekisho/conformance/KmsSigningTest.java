package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DryRunOperationException;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KmsInvalidSignatureException;
import software.amazon.awssdk.services.kms.model.SignResponse;
import software.amazon.awssdk.services.kms.model.VerifyResponse;

/** Signatures of every kind of key, through the real port, with AWS's own client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KmsSigningTest {

  private static final SdkBytes MESSAGE = SdkBytes.fromUtf8String("what is to be signed");

  private SekishoInstance sekisho;
  private KmsClient kms;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    kms = sekisho.client(KmsClient.builder());
  }

  @AfterAll
  void stop() {
    kms.close();
    sekisho.close();
  }

  static Stream<String> specs() {
    return Stream.of(
        "RSA_2048",
        "RSA_3072",
        "RSA_4096",
        "ECC_NIST_P256",
        "ECC_NIST_P384",
        "ECC_NIST_P521",
        "ECC_SECG_P256K1",
        "ECC_NIST_EDWARDS25519",
        "ML_DSA_44",
        "ML_DSA_65",
        "ML_DSA_87");
  }

  @ParameterizedTest
  @MethodSource("specs")
  void signsByEachOfItsAlgorithmsAndVerifies(String spec) {
    KeyMetadata key = key(spec);
    assertThat(key.keySpecAsString()).isEqualTo(spec);
    assertThat(key.keyUsageAsString()).isEqualTo("SIGN_VERIFY");
    assertThat(key.currentKeyMaterialId()).isNull();
    assertThat(key.signingAlgorithmsAsStrings()).isNotEmpty();
    for (String algorithm : key.signingAlgorithmsAsStrings()) {
      String type = algorithm.startsWith("ED25519_PH") ? "DIGEST" : "RAW";
      SdkBytes message = type.equals("RAW") ? MESSAGE : SdkBytes.fromByteArray(new byte[64]);
      SignResponse signed =
          kms.sign(b ->
              b.keyId(key.keyId()).message(message).messageType(type).signingAlgorithm(algorithm));
      assertThat(signed.keyId()).isEqualTo(key.arn());
      assertThat(signed.signingAlgorithmAsString()).isEqualTo(algorithm);
      VerifyResponse verified =
          kms.verify(b ->
              b.keyId(key.keyId())
                  .message(message)
                  .messageType(type)
                  .signature(signed.signature())
                  .signingAlgorithm(algorithm));
      assertThat(verified.signatureValid()).isTrue();
      assertThat(verified.keyId()).isEqualTo(key.arn());

      byte[] altered = signed.signature().asByteArray();
      altered[new Random(1).nextInt(altered.length)] ^= 4;
      assertThatThrownBy(() ->
              kms.verify(b ->
                  b.keyId(key.keyId())
                      .message(message)
                      .messageType(type)
                      .signature(SdkBytes.fromByteArray(altered))
                      .signingAlgorithm(algorithm)))
          .isInstanceOf(KmsInvalidSignatureException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RSA_2048,RSASSA_PSS_SHA_384,SHA-384",
    "RSA_2048,RSASSA_PKCS1_V1_5_SHA_256,SHA-256",
    "ECC_NIST_P521,ECDSA_SHA_512,SHA-512",
    "ECC_SECG_P256K1,ECDSA_SHA_256,SHA-256"
  })
  void aMessageAndItsDigestHaveTheSameSignatures(String spec, String algorithm, String hash)
      throws Exception {
    KeyMetadata key = key(spec);
    SdkBytes digest =
        SdkBytes.fromByteArray(MessageDigest.getInstance(hash).digest(MESSAGE.asByteArray()));
    SdkBytes ofMessage =
        kms.sign(b -> b.keyId(key.keyId()).message(MESSAGE).signingAlgorithm(algorithm))
            .signature();
    SdkBytes ofDigest =
        kms.sign(b ->
                b.keyId(key.keyId())
                    .message(digest)
                    .messageType("DIGEST")
                    .signingAlgorithm(algorithm))
            .signature();

    for (SdkBytes signature : List.of(ofMessage, ofDigest)) {
      assertThat(
              kms.verify(b ->
                      b.keyId(key.keyId())
                          .message(MESSAGE)
                          .signature(signature)
                          .signingAlgorithm(algorithm))
                  .signatureValid())
          .isTrue();
      assertThat(
              kms.verify(b ->
                      b.keyId(key.keyId())
                          .message(digest)
                          .messageType("DIGEST")
                          .signature(signature)
                          .signingAlgorithm(algorithm))
                  .signatureValid())
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ML_DSA_44,ML-DSA-44,ML_DSA_SHAKE_256,ML-DSA",
    "ECC_NIST_EDWARDS25519,Ed25519,ED25519_SHA_512,Ed25519",
    "ECC_NIST_P384,EC,ECDSA_SHA_384,SHA384withECDSA",
    "RSA_3072,RSA,RSASSA_PKCS1_V1_5_SHA_512,SHA512withRSA"
  })
  void javaItselfVerifiesWithThePublicKey(String spec, String family, String algorithm, String java)
      throws Exception {
    KeyMetadata key = key(spec);
    GetPublicKeyResponse response = kms.getPublicKey(b -> b.keyId(key.keyId()));
    assertThat(response.keyId()).isEqualTo(key.arn());
    assertThat(response.keySpecAsString()).isEqualTo(spec);
    assertThat(response.signingAlgorithmsAsStrings()).contains(algorithm);
    PublicKey publicKey =
        KeyFactory.getInstance(family)
            .generatePublic(new X509EncodedKeySpec(response.publicKey().asByteArray()));
    Signature verifier = Signature.getInstance(java);
    verifier.initVerify(publicKey);
    verifier.update(MESSAGE.asByteArray());

    assertThat(
            verifier.verify(
                kms.sign(b -> b.keyId(key.keyId()).message(MESSAGE).signingAlgorithm(algorithm))
                    .signature()
                    .asByteArray()))
        .isTrue();
  }

  @Test
  void anExternalMuIsTheMessageItself() throws Exception {
    KeyMetadata key = key("ML_DSA_65");
    byte[] publicKey = kms.getPublicKey(b -> b.keyId(key.keyId())).publicKey().asByteArray();
    byte[] raw = java.util.Arrays.copyOfRange(publicKey, publicKey.length - 1952, publicKey.length);
    // FIPS 204: mu is the hash of the public key's hash, a domain, the context and the message.
    byte[] mu = shake(concat(shake(raw), new byte[] {0, 0}, MESSAGE.asByteArray()));
    SdkBytes signature =
        kms.sign(b ->
                b.keyId(key.keyId())
                    .message(SdkBytes.fromByteArray(mu))
                    .messageType("EXTERNAL_MU")
                    .signingAlgorithm("ML_DSA_SHAKE_256"))
            .signature();

    assertThat(
            kms.verify(b ->
                    b.keyId(key.keyId())
                        .message(MESSAGE)
                        .signature(signature)
                        .signingAlgorithm("ML_DSA_SHAKE_256"))
                .signatureValid())
        .isTrue();
  }

  private static byte[] shake(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHAKE256-512").digest(bytes);
  }

  private static byte[] concat(byte[]... parts) {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @Test
  void aWrongUseIsRefusedWithItsReason() {
    KeyMetadata ed = key("ECC_NIST_EDWARDS25519");
    refused(
        "ValidationException",
        400,
        "MessageType DIGEST is incompatible with algorithm ED25519_SHA_512.",
        () ->
            kms.sign(b ->
                b.keyId(ed.keyId())
                    .message(MESSAGE)
                    .messageType("DIGEST")
                    .signingAlgorithm("ED25519_SHA_512")));
    refused(
        "InvalidKeyUsageException",
        400,
        "Algorithm ECDSA_SHA_256 is incompatible with key spec ECC_NIST_EDWARDS25519.",
        () ->
            kms.sign(b -> b.keyId(ed.keyId()).message(MESSAGE).signingAlgorithm("ECDSA_SHA_256")));
    KeyMetadata encrypting =
        kms.createKey(b -> b.keySpec("RSA_2048").keyUsage("ENCRYPT_DECRYPT")).keyMetadata();
    assertThatThrownBy(() ->
            kms.sign(b ->
                b.keyId(encrypting.keyId())
                    .message(MESSAGE)
                    .signingAlgorithm("RSASSA_PSS_SHA_256")))
        .isInstanceOf(InvalidKeyUsageException.class);
    String symmetric = kms.createKey().keyMetadata().keyId();
    assertThatThrownBy(() -> kms.getPublicKey(b -> b.keyId(symmetric)))
        .hasMessageContaining("which is not valid for this operation.");
  }

  @Test
  void aDisabledKeySignsNothing() {
    KeyMetadata key = key("ECC_NIST_P256");
    kms.disableKey(b -> b.keyId(key.keyId()));
    for (org.assertj.core.api.ThrowableAssert.ThrowingCallable call :
        List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
            () ->
                kms.sign(
                    b -> b.keyId(key.keyId()).message(MESSAGE).signingAlgorithm("ECDSA_SHA_256")),
            () -> kms.getPublicKey(b -> b.keyId(key.keyId())))) {
      refused("DisabledException", 400, key.arn() + " is disabled.", call);
    }
  }

  @Test
  void aDryRunSignsNothingAndChecksEverything() {
    KeyMetadata key = key("ECC_NIST_P256");
    assertThatThrownBy(() ->
            kms.sign(b ->
                b.keyId(key.keyId())
                    .message(MESSAGE)
                    .signingAlgorithm("ECDSA_SHA_256")
                    .dryRun(true)))
        .isInstanceOf(DryRunOperationException.class);
    assertThatThrownBy(() ->
            kms.verify(b ->
                b.keyId(key.keyId())
                    .message(MESSAGE)
                    .signature(SdkBytes.fromByteArray(new byte[70]))
                    .signingAlgorithm("ECDSA_SHA_256")
                    .dryRun(true)))
        .isInstanceOf(KmsInvalidSignatureException.class);
  }

  @Test
  void makingLargeKeysDoesNotHoldOthersUp() throws Exception {
    KeyMetadata key = kms.createKey().keyMetadata();
    List<Thread> makers =
        Stream.generate(() -> Thread.ofVirtual().start(() -> key("RSA_4096"))).limit(4).toList();
    // Whoever else calls meanwhile waits for no maker: their calls are done before the last key.
    int calls = 0;
    while (makers.stream().anyMatch(Thread::isAlive)) {
      kms.encrypt(b -> b.keyId(key.keyId()).plaintext(MESSAGE));
      calls++;
    }
    assertThat(calls).isGreaterThan(10);
  }

  private KeyMetadata key(String spec) {
    return kms.createKey(b -> b.keySpec(spec).keyUsage("SIGN_VERIFY")).keyMetadata();
  }
}
