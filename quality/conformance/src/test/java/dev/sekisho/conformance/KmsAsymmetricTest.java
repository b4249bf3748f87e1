package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DryRunOperationException;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairResponse;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidMacException;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;

/** RSA encryption, key agreement, data key pairs and codes, with AWS's own client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KmsAsymmetricTest {

  private static final SdkBytes SECRET = SdkBytes.fromUtf8String("the secret");

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

  @ParameterizedTest
  @CsvSource({
    "RSA_2048,RSAES_OAEP_SHA_1,214",
    "RSA_2048,RSAES_OAEP_SHA_256,190",
    "RSA_3072,RSAES_OAEP_SHA_1,342",
    "RSA_3072,RSAES_OAEP_SHA_256,318",
    "RSA_4096,RSAES_OAEP_SHA_1,470",
    "RSA_4096,RSAES_OAEP_SHA_256,446"
  })
  void rsaEncryptsAsMuchAsFits(String spec, String algorithm, int most) {
    KeyMetadata key = create(spec, "ENCRYPT_DECRYPT");
    byte[] plaintext = new byte[most];
    new Random(5).nextBytes(plaintext);
    SdkBytes sealed =
        kms.encrypt(b ->
                b.keyId(key.keyId())
                    .plaintext(SdkBytes.fromByteArray(plaintext))
                    .encryptionAlgorithm(algorithm))
            .ciphertextBlob();

    assertThat(
            kms.decrypt(
                    b -> b.keyId(key.keyId()).ciphertextBlob(sealed).encryptionAlgorithm(algorithm))
                .plaintext()
                .asByteArray())
        .isEqualTo(plaintext);
    refused(
        "ValidationException",
        400,
        "Algorithm "
            + algorithm
            + " and key spec "
            + spec
            + " cannot encrypt data larger than "
            + most
            + " bytes.",
        () ->
            kms.encrypt(b ->
                b.keyId(key.keyId())
                    .plaintext(SdkBytes.fromByteArray(new byte[most + 1]))
                    .encryptionAlgorithm(algorithm)));
  }

  @Test
  void anyFlippedBitOfAnRsaCiphertextFailsTheSameWay() {
    KeyMetadata key = create("RSA_2048", "ENCRYPT_DECRYPT");
    byte[] sealed =
        kms.encrypt(b ->
                b.keyId(key.keyId()).plaintext(SECRET).encryptionAlgorithm("RSAES_OAEP_SHA_256"))
            .ciphertextBlob()
            .asByteArray();
    for (int i = 0; i < 256; i += 17) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      refused("InvalidCiphertextException", 400, null, () -> open(key, altered));
    }
    for (int length : new int[] {1, 255, 257}) {
      assertThatThrownBy(() -> open(key, java.util.Arrays.copyOf(sealed, length)))
          .isInstanceOf(InvalidCiphertextException.class);
    }
  }

  private void open(KeyMetadata key, byte[] sealed) {
    kms.decrypt(b ->
        b.keyId(key.keyId())
            .ciphertextBlob(SdkBytes.fromByteArray(sealed))
            .encryptionAlgorithm("RSAES_OAEP_SHA_256"));
  }

  @Test
  void anRsaKeyHasNoDefaultAlgorithmAndBindsNoContext() {
    KeyMetadata key = create("RSA_2048", "ENCRYPT_DECRYPT");
    assertThatThrownBy(() -> kms.encrypt(b -> b.keyId(key.keyId()).plaintext(SECRET)))
        .isInstanceOf(InvalidKeyUsageException.class)
        .hasMessageContaining("Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_2048");
    assertThatThrownBy(() ->
            kms.encrypt(b ->
                b.keyId(key.keyId())
                    .plaintext(SECRET)
                    .encryptionAlgorithm("RSAES_OAEP_SHA_256")
                    .encryptionContext(Map.of("a", "b"))))
        .isInstanceOf(KmsException.class)
        .hasMessageContaining("EncryptionContext is not supported");
    assertThatThrownBy(() -> kms.generateDataKey(b -> b.keyId(key.keyId()).keySpec("AES_256")))
        .isInstanceOf(InvalidKeyUsageException.class);
  }

  @Test
  void aCiphertextMovesBetweenKindsOfKeys() {
    KeyMetadata rsa = create("RSA_2048", "ENCRYPT_DECRYPT");
    KeyMetadata symmetric = kms.createKey().keyMetadata();
    SdkBytes sealed =
        kms.encrypt(b -> b.keyId(symmetric.keyId()).plaintext(SECRET)).ciphertextBlob();
    ReEncryptResponse there =
        kms.reEncrypt(b ->
            b.ciphertextBlob(sealed)
                .destinationKeyId(rsa.keyId())
                .destinationEncryptionAlgorithm("RSAES_OAEP_SHA_256"));
    assertThat(there.destinationKeyMaterialId()).isNull();
    ReEncryptResponse back =
        kms.reEncrypt(b ->
            b.ciphertextBlob(there.ciphertextBlob())
                .sourceKeyId(rsa.keyId())
                .sourceEncryptionAlgorithm("RSAES_OAEP_SHA_256")
                .destinationKeyId(symmetric.keyId()));

    assertThat(back.sourceKeyMaterialId()).isNull();
    assertThat(kms.decrypt(b -> b.ciphertextBlob(back.ciphertextBlob())).plaintext())
        .isEqualTo(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521"})
  void twoKeysComeToTheSameSecret(String spec) {
    KeyMetadata one = create(spec, "KEY_AGREEMENT");
    KeyMetadata two = create(spec, "KEY_AGREEMENT");
    assertThat(one.keyAgreementAlgorithmsAsStrings()).containsExactly("ECDH");

    assertThat(derive(one, two)).isEqualTo(derive(two, one));
    KeyMetadata other = create("ECC_NIST_P256", "KEY_AGREEMENT");
    if (!spec.equals("ECC_NIST_P256")) {
      refused("ValidationException", 400, null, () -> derive(one, other));
    }
  }

  private SdkBytes derive(KeyMetadata own, KeyMetadata peer) {
    SdkBytes publicKey = kms.getPublicKey(b -> b.keyId(peer.keyId())).publicKey();
    return kms.deriveSharedSecret(
            b -> b.keyId(own.keyId()).keyAgreementAlgorithm("ECDH").publicKey(publicKey))
        .sharedSecret();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA_3072", "ECC_NIST_P521", "ECC_SECG_P256K1", "ECC_NIST_EDWARDS25519"})
  void aDataKeyPairOpensByDecrypt(String spec) {
    KeyMetadata key = kms.createKey().keyMetadata();
    GenerateDataKeyPairResponse pair =
        kms.generateDataKeyPair(
            b -> b.keyId(key.keyId()).keyPairSpec(spec).encryptionContext(Map.of("for", "them")));
    assertThat(pair.keyPairSpecAsString()).isEqualTo(spec);
    assertThat(pair.keyMaterialId()).isEqualTo(key.currentKeyMaterialId());
    assertThat(
            kms.decrypt(b ->
                    b.ciphertextBlob(pair.privateKeyCiphertextBlob())
                        .encryptionContext(Map.of("for", "them")))
                .plaintext())
        .isEqualTo(pair.privateKeyPlaintext());
    var hidden =
        kms.generateDataKeyPairWithoutPlaintext(b -> b.keyId(key.keyId()).keyPairSpec(spec));
    assertThat(hidden.publicKey()).isNotEqualTo(pair.publicKey());
    assertThat(
            kms.decrypt(b -> b.ciphertextBlob(hidden.privateKeyCiphertextBlob()))
                .plaintext()
                .asByteArray())
        .isNotEmpty();
  }

  @Test
  void dryRunsMakeNothing() {
    String key = kms.createKey().keyMetadata().keyId();
    String hmac = create("HMAC_256", "GENERATE_VERIFY_MAC").keyId();
    List<Runnable> calls =
        List.of(
            () -> kms.generateDataKeyPair(b -> b.keyId(key).keyPairSpec("RSA_2048").dryRun(true)),
            () ->
                kms.generateDataKeyPairWithoutPlaintext(
                    b -> b.keyId(key).keyPairSpec("RSA_2048").dryRun(true)),
            () ->
                kms.generateMac(
                    b -> b.keyId(hmac).message(SECRET).macAlgorithm("HMAC_SHA_256").dryRun(true)));
    assertThat(calls)
        .allSatisfy(
            call -> assertThatThrownBy(call::run).isInstanceOf(DryRunOperationException.class));
  }

  @Test
  void sm2SignsEncryptsAndAgreesInEveryRegion() {
    String signing = create("SM2", "SIGN_VERIFY").keyId();
    SdkBytes signature =
        kms.sign(b -> b.keyId(signing).message(SECRET).signingAlgorithm("SM2DSA")).signature();
    assertThat(
            kms.verify(b ->
                    b.keyId(signing)
                        .message(SECRET)
                        .signature(signature)
                        .signingAlgorithm("SM2DSA"))
                .signatureValid())
        .isTrue();

    String encrypting = create("SM2", "ENCRYPT_DECRYPT").keyId();
    SdkBytes sealed =
        kms.encrypt(b -> b.keyId(encrypting).plaintext(SECRET).encryptionAlgorithm("SM2PKE"))
            .ciphertextBlob();
    assertThat(
            kms.decrypt(
                    b -> b.keyId(encrypting).ciphertextBlob(sealed).encryptionAlgorithm("SM2PKE"))
                .plaintext())
        .isEqualTo(SECRET);
    assertThatThrownBy(() ->
            kms.encrypt(b ->
                b.keyId(encrypting)
                    .plaintext(SdkBytes.fromByteArray(new byte[1_025]))
                    .encryptionAlgorithm("SM2PKE")))
        .hasMessageContaining("cannot encrypt data larger than 1024 bytes");

    String one = create("SM2", "KEY_AGREEMENT").keyId();
    String two = create("SM2", "KEY_AGREEMENT").keyId();
    assertThat(agreed(one, two)).isEqualTo(agreed(two, one));
  }

  private SdkBytes agreed(String ours, String theirs) {
    SdkBytes peer = kms.getPublicKey(b -> b.keyId(theirs)).publicKey();
    return kms.deriveSharedSecret(b -> b.keyId(ours).publicKey(peer).keyAgreementAlgorithm("ECDH"))
        .sharedSecret();
  }

  @ParameterizedTest
  @CsvSource({"224,28", "256,32", "384,48", "512,64"})
  void codesAreMadeAndVerified(int bits, int length) {
    String algorithm = "HMAC_SHA_" + bits;
    KeyMetadata key = create("HMAC_" + bits, "GENERATE_VERIFY_MAC");
    assertThat(key.macAlgorithmsAsStrings()).containsExactly(algorithm);
    assertThat(key.currentKeyMaterialId()).isNull();
    SdkBytes code =
        kms.generateMac(b -> b.keyId(key.keyId()).message(SECRET).macAlgorithm(algorithm)).mac();

    assertThat(code.asByteArray()).hasSize(length);
    assertThat(
            kms.verifyMac(
                    b -> b.keyId(key.keyId()).message(SECRET).macAlgorithm(algorithm).mac(code))
                .macValid())
        .isTrue();
    for (SdkBytes other :
        List.of(
            SdkBytes.fromByteArray(java.util.Arrays.copyOf(code.asByteArray(), length - 1)),
            SdkBytes.fromByteArray(new byte[length]),
            SdkBytes.fromUtf8String("x"))) {
      assertThatThrownBy(() ->
              kms.verifyMac(
                  b -> b.keyId(key.keyId()).message(SECRET).macAlgorithm(algorithm).mac(other)))
          .isInstanceOf(KmsInvalidMacException.class);
    }
  }

  @Test
  void keysOfEveryKindAreThereAfterARestart(@TempDir Path own) throws Exception {
    String mac;
    String signing;
    SdkBytes code;
    SdkBytes publicKey;
    try (SekishoInstance first = SekishoInstance.start(own);
        KmsClient client = first.client(KmsClient.builder())) {
      mac =
          client
              .createKey(b -> b.keySpec("HMAC_512").keyUsage("GENERATE_VERIFY_MAC"))
              .keyMetadata()
              .keyId();
      signing =
          client
              .createKey(b -> b.keySpec("ML_DSA_87").keyUsage("SIGN_VERIFY"))
              .keyMetadata()
              .keyId();
      code =
          client.generateMac(b -> b.keyId(mac).message(SECRET).macAlgorithm("HMAC_SHA_512")).mac();
      publicKey = client.getPublicKey(b -> b.keyId(signing)).publicKey();
    }
    try (SekishoInstance second = SekishoInstance.start(own);
        KmsClient client = second.client(KmsClient.builder())) {
      assertThat(
              client
                  .generateMac(b -> b.keyId(mac).message(SECRET).macAlgorithm("HMAC_SHA_512"))
                  .mac())
          .isEqualTo(code);
      assertThat(client.getPublicKey(b -> b.keyId(signing)).publicKey()).isEqualTo(publicKey);
    }
    assertThat(Mac.getInstance("HmacSHA512").getMacLength()).isEqualTo(code.asByteArray().length);
  }

  private KeyMetadata create(String spec, String usage) {
    return kms.createKey(b -> b.keySpec(spec).keyUsage(usage)).keyMetadata();
  }
}
