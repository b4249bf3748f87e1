package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DryRunOperationException;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextResponse;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;

/** What symmetric KMS keys do, through the real port, with AWS's own client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KmsEncryptionTest {

  private static final SdkBytes SECRET = SdkBytes.fromUtf8String("the secret");

  private SekishoInstance sekisho;
  private KmsClient kms;
  private KeyMetadata key;
  private KeyMetadata other;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    kms = sekisho.client(KmsClient.builder());
    key = kms.createKey().keyMetadata();
    other = kms.createKey().keyMetadata();
  }

  @AfterAll
  void stop() {
    kms.close();
    sekisho.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 190, 4_095, 4_096})
  void whatIsEncryptedIsDecryptedWithoutAKeyId(int size) {
    byte[] plaintext = new byte[size];
    new Random(size).nextBytes(plaintext);
    EncryptResponse sealed =
        kms.encrypt(b -> b.keyId(key.keyId()).plaintext(SdkBytes.fromByteArray(plaintext)));

    assertThat(sealed.keyId()).isEqualTo(key.arn());
    assertThat(sealed.encryptionAlgorithmAsString()).isEqualTo("SYMMETRIC_DEFAULT");
    assertThat(Base64.getEncoder().encodeToString(sealed.ciphertextBlob().asByteArray()))
        .startsWith("AQICAH");
    assertThat(sealed.ciphertextBlob().asByteArray().length).isLessThanOrEqualTo(6_144);

    DecryptResponse opened = kms.decrypt(b -> b.ciphertextBlob(sealed.ciphertextBlob()));
    assertThat(opened.plaintext().asByteArray()).isEqualTo(plaintext);
    assertThat(opened.keyId()).isEqualTo(key.arn());
    assertThat(opened.encryptionAlgorithmAsString()).isEqualTo("SYMMETRIC_DEFAULT");
    assertThat(opened.keyMaterialId()).isEqualTo(key.currentKeyMaterialId());
  }

  @Test
  void theSamePlaintextIsNeverEncryptedTheSameWay() {
    Set<SdkBytes> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      seen.add(seal(Map.of()));
    }
    assertThat(seen).hasSize(100);
  }

  @Test
  void theContextMustBeTheSameInAnyOrder() {
    Map<String, String> context = new LinkedHashMap<>();
    context.put("b", "2");
    context.put("a", "1");
    SdkBytes sealed = seal(context);

    assertThat(
            kms.decrypt(b -> b.ciphertextBlob(sealed).encryptionContext(Map.of("a", "1", "b", "2")))
                .plaintext())
        .isEqualTo(SECRET);
    for (Map<String, String> wrong :
        List.of(
            Map.<String, String>of(),
            Map.of("a", "1"),
            Map.of("a", "1", "b", "2", "c", "3"),
            Map.of("a", "1", "B", "2"),
            Map.of("a", "2", "b", "1"))) {
      assertThatThrownBy(() -> kms.decrypt(b -> b.ciphertextBlob(sealed).encryptionContext(wrong)))
          .isInstanceOf(InvalidCiphertextException.class);
    }
  }

  @Test
  void anyAlteredByteIsRefused() {
    byte[] sealed = seal(Map.of()).asByteArray();
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      assertThatThrownBy(() -> kms.decrypt(b -> b.ciphertextBlob(SdkBytes.fromByteArray(altered))))
          .as("byte %d", i)
          .isInstanceOf(InvalidCiphertextException.class);
      assertThatThrownBy(() ->
              kms.decrypt(
                  b -> b.keyId(key.keyId()).ciphertextBlob(SdkBytes.fromByteArray(altered))))
          .as("byte %d with the key", i)
          .isInstanceOf(InvalidCiphertextException.class);
    }
  }

  @Test
  void aNamedKeyMustBeTheOneThatEncrypted() {
    SdkBytes sealed = seal(Map.of());
    assertThat(kms.decrypt(b -> b.keyId(key.arn()).ciphertextBlob(sealed)).plaintext())
        .isEqualTo(SECRET);
    assertThatThrownBy(() -> kms.decrypt(b -> b.keyId(other.arn()).ciphertextBlob(sealed)))
        .isInstanceOf(IncorrectKeyException.class)
        .hasMessageContaining(
            "The key ID in the request does not identify a CMK that can perform this operation.");
  }

  @Test
  void anAlgorithmOfAnotherKindOfKeyIsRefused() {
    assertThatThrownBy(() ->
            kms.encrypt(b ->
                b.keyId(key.keyId()).plaintext(SECRET).encryptionAlgorithm("RSAES_OAEP_SHA_256")))
        .isInstanceOf(InvalidKeyUsageException.class)
        .hasMessageContaining(
            "Algorithm RSAES_OAEP_SHA_256 is incompatible with key spec SYMMETRIC_DEFAULT.");
    SdkBytes sealed = seal(Map.of());
    assertThatThrownBy(() ->
            kms.decrypt(b -> b.ciphertextBlob(sealed).encryptionAlgorithm("RSAES_OAEP_SHA_1")))
        .isInstanceOf(InvalidKeyUsageException.class);
  }

  @Test
  void aCiphertextMovesToAnotherKeyAndContext() {
    SdkBytes sealed = seal(Map.of("from", "here"));
    ReEncryptResponse moved =
        kms.reEncrypt(b ->
            b.ciphertextBlob(sealed)
                .sourceEncryptionContext(Map.of("from", "here"))
                .destinationKeyId(other.keyId())
                .destinationEncryptionContext(Map.of("to", "there")));

    assertThat(moved.keyId()).isEqualTo(other.arn());
    assertThat(moved.sourceKeyId()).isEqualTo(key.arn());
    assertThat(moved.sourceEncryptionAlgorithmAsString()).isEqualTo("SYMMETRIC_DEFAULT");
    assertThat(moved.destinationEncryptionAlgorithmAsString()).isEqualTo("SYMMETRIC_DEFAULT");
    assertThat(moved.sourceKeyMaterialId()).isEqualTo(key.currentKeyMaterialId());
    assertThat(moved.destinationKeyMaterialId()).isEqualTo(other.currentKeyMaterialId());
    assertThat(
            kms.decrypt(b ->
                    b.ciphertextBlob(moved.ciphertextBlob())
                        .encryptionContext(Map.of("to", "there")))
                .plaintext())
        .isEqualTo(SECRET);
    assertThatThrownBy(
            () -> kms.reEncrypt(b -> b.ciphertextBlob(sealed).destinationKeyId(other.keyId())))
        .isInstanceOf(InvalidCiphertextException.class);
    assertThatThrownBy(() ->
            kms.reEncrypt(b ->
                b.ciphertextBlob(sealed).sourceKeyId(other.keyId()).destinationKeyId(key.keyId())))
        .isInstanceOf(IncorrectKeyException.class);
  }

  @Test
  void dataKeysComeInTheClearAndSealed() {
    for (Map.Entry<String, Integer> spec : Map.of("AES_128", 16, "AES_256", 32).entrySet()) {
      GenerateDataKeyResponse made =
          kms.generateDataKey(
              b -> b.keyId(key.keyId()).keySpec(spec.getKey()).encryptionContext(Map.of("a", "b")));
      assertThat(made.plaintext().asByteArray()).hasSize(spec.getValue());
      assertThat(made.keyId()).isEqualTo(key.arn());
      assertThat(made.keyMaterialId()).isEqualTo(key.currentKeyMaterialId());
      assertThat(
              kms.decrypt(b ->
                      b.ciphertextBlob(made.ciphertextBlob()).encryptionContext(Map.of("a", "b")))
                  .plaintext())
          .isEqualTo(made.plaintext());
    }
    assertThat(
            kms.generateDataKey(b -> b.keyId(key.keyId()).numberOfBytes(1024))
                .plaintext()
                .asByteArray())
        .hasSize(1024);

    GenerateDataKeyWithoutPlaintextResponse hidden =
        kms.generateDataKeyWithoutPlaintext(b -> b.keyId(key.keyId()).numberOfBytes(5));
    assertThat(hidden.keyMaterialId()).isEqualTo(key.currentKeyMaterialId());
    assertThat(
            kms.decrypt(b -> b.ciphertextBlob(hidden.ciphertextBlob())).plaintext().asByteArray())
        .hasSize(5);
  }

  @Test
  void aDataKeyHasOneLength() {
    String message = "Please specify either number of bytes or key spec.";
    assertThatThrownBy(() -> kms.generateDataKey(b -> b.keyId(key.keyId())))
        .isInstanceOf(KmsException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() ->
            kms.generateDataKey(b -> b.keyId(key.keyId()).keySpec("AES_256").numberOfBytes(32)))
        .hasMessageContaining(message);
    assertThatThrownBy(() -> kms.generateDataKey(b -> b.keyId(key.keyId()).numberOfBytes(1025)))
        .hasMessageContaining(
            "Value '1025' at 'numberOfBytes' failed to satisfy constraint: Member must have value"
                + " less than or equal to 1024");
    assertThatThrownBy(() -> kms.generateDataKey(b -> b.keyId(key.keyId()).keySpec("AES_512")))
        .hasMessageContaining("Member must satisfy enum value set: [AES_256, AES_128]");
  }

  @Test
  void randomBytesAreAsManyAsAskedForAndNeverTheSame() {
    for (int size : new int[] {1, 12, 44, 91, 1024}) {
      assertThat(kms.generateRandom(b -> b.numberOfBytes(size)).plaintext().asByteArray())
          .hasSize(size);
    }
    assertThat(kms.generateRandom(b -> b.numberOfBytes(32)).plaintext())
        .isNotEqualTo(kms.generateRandom(b -> b.numberOfBytes(32)).plaintext());
    assertThatThrownBy(
            () -> kms.generateRandom(b -> b.numberOfBytes(1).customKeyStoreId("cks-none")))
        .isInstanceOfSatisfying(
            KmsException.class,
            error ->
                assertThat(error.awsErrorDetails().errorCode())
                    .isEqualTo("CustomKeyStoreNotFoundException"));
  }

  @Test
  void aDryRunSaysThatItWouldSucceed() {
    SdkBytes sealed = seal(Map.of());
    List<Runnable> calls =
        List.of(
            () -> kms.encrypt(b -> b.keyId(key.keyId()).plaintext(SECRET).dryRun(true)),
            () -> kms.decrypt(b -> b.ciphertextBlob(sealed).dryRun(true)),
            () ->
                kms.reEncrypt(
                    b -> b.ciphertextBlob(sealed).destinationKeyId(other.keyId()).dryRun(true)),
            () -> kms.generateDataKey(b -> b.keyId(key.keyId()).keySpec("AES_256").dryRun(true)),
            () ->
                kms.generateDataKeyWithoutPlaintext(
                    b -> b.keyId(key.keyId()).keySpec("AES_256").dryRun(true)));
    assertThat(calls)
        .allSatisfy(call ->
            assertThatThrownBy(call::run)
                .isInstanceOf(DryRunOperationException.class)
                .hasMessageContaining(
                    "The request would have succeeded, but the DryRun option is set."));
    assertThatThrownBy(() ->
            kms.decrypt(
                b -> b.ciphertextBlob(sealed).encryptionContext(Map.of("a", "b")).dryRun(true)))
        .isInstanceOf(InvalidCiphertextException.class);
    assertThatThrownBy(() -> kms.decrypt(b -> b.dryRun(true)))
        .hasMessageContaining("Value null at 'ciphertextBlob'");
  }

  @Test
  void unknownGrantTokensChangeNothing() {
    SdkBytes sealed =
        kms.encrypt(b -> b.keyId(key.keyId()).plaintext(SECRET).grantTokens("bm8gdG9rZW4"))
            .ciphertextBlob();
    assertThat(kms.decrypt(b -> b.ciphertextBlob(sealed).grantTokens("x")).plaintext())
        .isEqualTo(SECRET);
    assertThatThrownBy(() ->
            kms.encrypt(b ->
                b.keyId(key.keyId())
                    .plaintext(SECRET)
                    .grantTokens(java.util.Collections.nCopies(11, "x"))))
        .isInstanceOf(KmsException.class)
        .hasMessageContaining("Member must have length less than or equal to 10");
  }

  @Test
  void aMissingKeyIsNotFoundInEveryUse() {
    String missing = "00000000-0000-0000-0000-000000000001";
    List<Runnable> calls =
        List.of(
            () -> kms.encrypt(b -> b.keyId(missing).plaintext(SECRET)),
            () -> kms.decrypt(b -> b.keyId(missing).ciphertextBlob(seal(Map.of()))),
            () -> kms.reEncrypt(b -> b.ciphertextBlob(seal(Map.of())).destinationKeyId(missing)),
            () -> kms.generateDataKey(b -> b.keyId(missing).keySpec("AES_256")),
            () -> kms.generateDataKeyWithoutPlaintext(b -> b.keyId(missing).keySpec("AES_256")));
    assertThat(calls)
        .allSatisfy(call ->
            assertThatThrownBy(call::run)
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("/" + missing + "' does not exist"));
  }

  @Test
  void anEmptyPlaintextIsRefused() {
    assertThatThrownBy(() ->
            kms.encrypt(b ->
                b.keyId(key.keyId()).plaintext(SdkBytes.fromString("", StandardCharsets.US_ASCII))))
        .isInstanceOf(KmsException.class)
        .hasMessageContaining("Value at 'plaintext' failed to satisfy constraint");
  }

  @Test
  void whatWasEncryptedIsDecryptedAfterARestart(@TempDir Path own) {
    SdkBytes sealed;
    try (SekishoInstance first = SekishoInstance.start(own);
        KmsClient client = first.client(KmsClient.builder())) {
      String id = client.createKey().keyMetadata().keyId();
      sealed = client.encrypt(b -> b.keyId(id).plaintext(SECRET)).ciphertextBlob();
    }
    try (SekishoInstance second = SekishoInstance.start(own);
        KmsClient client = second.client(KmsClient.builder())) {
      assertThat(client.decrypt(b -> b.ciphertextBlob(sealed)).plaintext()).isEqualTo(SECRET);
    }
  }

  private SdkBytes seal(Map<String, String> context) {
    return kms.encrypt(b -> b.keyId(key.keyId()).plaintext(SECRET).encryptionContext(context))
        .ciphertextBlob();
  }
}
