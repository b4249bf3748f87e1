package dev.sekisho.conformance;

import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sekisho.testing.SekishoInstance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KmsException;

/**
 * The errors that AWS itself gave about keys of other kinds than the symmetric, word for word.
 *
 * <p>The recordings stand beside the project and are not part of it; without them this is skipped.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KmsRecordedKindsTest {

  private static final SdkBytes MESSAGE = SdkBytes.fromUtf8String("some important message");
  private static final String MACS = "HMAC_256/GENERATE_VERIFY_MAC";
  private static final String SYMMETRIC = "SYMMETRIC_DEFAULT/ENCRYPT_DECRYPT";

  private Map<String, JsonNode> recorded;
  private SekishoInstance sekisho;
  private KmsClient kms;

  /**
   * One recorded error and the call that draws it.
   *
   * @param kind spec and usage of the key that the call is about
   */
  record Case(String test, String step, String kind, BiConsumer<KmsClient, KeyMetadata> call) {
    @Override
    public String toString() {
      return test + " / " + step;
    }
  }

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    recorded = Recordings.of("kms");
    sekisho = SekishoInstance.start(folder);
    kms = sekisho.client(KmsClient.builder());
  }

  @AfterAll
  void stop() {
    if (sekisho != null) {
      kms.close();
      sekisho.close();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void answersAsAwsDid(Case each) {
    String[] kind = each.kind().split("/");
    KeyMetadata key =
        kms.createKey(b ->
                b.keySpec(kind[0]).keyUsage(kind[1]).origin(kind.length > 2 ? kind[2] : "AWS_KMS"))
            .keyMetadata();
    JsonNode expected = find(each.test()).path(each.step());
    assertThat(expected.isObject()).as("the recording is there").isTrue();

    KmsException error =
        catchThrowableOfType(KmsException.class, () -> each.call().accept(kms, key));

    assertThat(error).isNotNull();
    assertThat(error.awsErrorDetails().errorCode()).isEqualTo(expected.at("/Error/Code").asText());
    assertThat(error.statusCode())
        .isEqualTo(expected.at("/ResponseMetadata/HTTPStatusCode").asInt());
    assertThat(requireNonNullElse(error.awsErrorDetails().errorMessage(), ""))
        .isEqualTo(
            expected
                .at("/Error/Message")
                .asText()
                .replace("arn:<partition>:kms:<region>:111111111111:key/<key-id:1>", key.arn())
                .replace("<key-arn>", key.arn()));
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>(macs());
    cases.addAll(signatures());
    cases.addAll(sizes());
    cases.addAll(agreement());
    cases.addAll(imports());
    return cases.stream();
  }

  private static List<Case> macs() {
    return List.of(
        new Case(
            "test_invalid_generate_mac[HMAC_224-HMAC_SHA_256]",
            "generate-mac",
            "HMAC_224/GENERATE_VERIFY_MAC",
            (kms, key) -> mac(kms, key.keyId(), "HMAC_SHA_256")),
        new Case(
            "test_invalid_generate_mac[HMAC_256-INVALID]",
            "generate-mac",
            MACS,
            (kms, key) -> mac(kms, key.keyId(), "INVALID")),
        new Case(
            "test_invalid_verify_mac[HMAC_256-HMAC_SHA_256-some different important message]",
            "verify-mac",
            MACS,
            (kms, key) ->
                kms.verifyMac(b ->
                    b.keyId(key.keyId())
                        .message(SdkBytes.fromUtf8String("some different important message"))
                        .macAlgorithm("HMAC_SHA_256")
                        .mac(mac(kms, key.keyId(), "HMAC_SHA_256")))),
        new Case(
            "test_invalid_verify_mac[HMAC_256-HMAC_SHA_512-some important message]",
            "verify-mac",
            MACS,
            (kms, key) ->
                kms.verifyMac(b ->
                    b.keyId(key.keyId())
                        .message(MESSAGE)
                        .macAlgorithm("HMAC_SHA_512")
                        .mac(MESSAGE))),
        new Case(
            "test_generate_and_verify_mac[HMAC_224-HMAC_SHA_224]",
            "generate-mac-invalid-key-id",
            MACS,
            (kms, key) -> mac(kms, "key_id", "HMAC_SHA_224")),
        new Case(
            "test_error_messaging_for_invalid_keys",
            "generate-mac-invalid-key-id",
            SYMMETRIC,
            (kms, key) -> mac(kms, key.keyId(), "HMAC_SHA_224")));
  }

  private static SdkBytes mac(KmsClient kms, String keyId, String algorithm) {
    return kms.generateMac(b -> b.keyId(keyId).message(MESSAGE).macAlgorithm(algorithm)).mac();
  }

  private static List<Case> signatures() {
    List<Case> cases = new ArrayList<>();
    for (String each :
        List.of(
            "RSA_2048-RSASSA_PSS_SHA_256",
            "RSA_2048-RSASSA_PSS_SHA_384",
            "RSA_2048-RSASSA_PSS_SHA_512",
            "RSA_4096-RSASSA_PKCS1_V1_5_SHA_256",
            "RSA_4096-RSASSA_PKCS1_V1_5_SHA_512",
            "ECC_NIST_P256-ECDSA_SHA_256",
            "ECC_NIST_P384-ECDSA_SHA_384",
            "ECC_SECG_P256K1-ECDSA_SHA_256")) {
      String algorithm = each.substring(each.indexOf('-') + 1);
      String kind = each.substring(0, each.indexOf('-')) + "/SIGN_VERIFY";
      cases.add(
          new Case(
              "test_sign_verify[" + each + "]",
              "bad-digest",
              kind,
              (kms, key) ->
                  kms.sign(b ->
                      b.keyId(key.keyId())
                          .message(SdkBytes.fromUtf8String("bad digest"))
                          .messageType("DIGEST")
                          .signingAlgorithm(algorithm))));
      cases.add(
          new Case(
              "test_sign_verify[" + each + "]",
              "bad-signature",
              kind,
              (kms, key) ->
                  kms.verify(b ->
                      b.keyId(key.keyId())
                          .message(MESSAGE)
                          .signature(SdkBytes.fromUtf8String("bad signature"))
                          .signingAlgorithm(algorithm))));
    }
    cases.add(
        new Case(
            "test_error_messaging_for_invalid_keys",
            "sign-invalid-key-id",
            MACS,
            (kms, key) ->
                kms.sign(
                    b -> b.keyId(key.keyId()).message(MESSAGE).signingAlgorithm("ECDSA_SHA_256"))));
    cases.add(
        new Case(
            "test_error_messaging_for_invalid_keys",
            "verify-invalid-key-id",
            SYMMETRIC,
            (kms, key) ->
                kms.verify(b ->
                    b.keyId(key.keyId())
                        .message(MESSAGE)
                        .signature(MESSAGE)
                        .signingAlgorithm("ECDSA_SHA_256"))));
    cases.add(
        new Case(
            "test_error_messaging_for_invalid_keys",
            "encrypt-invalid-key-id",
            "ECC_NIST_P256/SIGN_VERIFY",
            (kms, key) -> kms.encrypt(b -> b.keyId(key.keyId()).plaintext(MESSAGE))));
    return cases;
  }

  private static List<Case> sizes() {
    List<Case> cases = new ArrayList<>();
    for (String spec : List.of("RSA_2048", "RSA_3072", "RSA_4096")) {
      for (String algorithm : List.of("RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256")) {
        cases.add(
            new Case(
                "test_encrypt_validate_plaintext_size_per_key_type[" + spec + "-" + algorithm + "]",
                "generate-random-exc",
                spec + "/ENCRYPT_DECRYPT",
                (kms, key) ->
                    kms.encrypt(b ->
                        b.keyId(key.keyId())
                            .plaintext(SdkBytes.fromByteArray(new byte[4096]))
                            .encryptionAlgorithm(algorithm))));
      }
    }
    return cases;
  }

  private static List<Case> agreement() {
    String test = "test_derive_shared_secret";
    String agreeing = "ECC_NIST_P256/KEY_AGREEMENT";
    return List.of(
        new Case(
            test,
            "response-invalid-key-usage",
            "ECC_NIST_P256/SIGN_VERIFY",
            (kms, key) -> derive(kms, key, "ECDH")),
        new Case(test, "response-invalid-key", SYMMETRIC, (kms, key) -> derive(kms, key, "ECDH")),
        new Case(
            test,
            "response-invalid-key-agreement-algo",
            agreeing,
            (kms, key) -> derive(kms, key, "INVALID")),
        new Case(
            test, "response-invalid-public-key", agreeing, (kms, key) -> derive(kms, key, "ECDH")),
        new Case(
            "test_generate_data_key_pair_dry_run",
            "dryrun_exception",
            SYMMETRIC,
            (kms, key) ->
                kms.generateDataKeyPair(
                    b -> b.keyId(key.keyId()).keyPairSpec("RSA_2048").dryRun(true))),
        new Case(
            "test_encryption_context_generate_data_key_pair",
            "decrypt-without-encryption-context",
            SYMMETRIC,
            (kms, key) -> {
              SdkBytes sealed =
                  kms.generateDataKeyPair(b ->
                          b.keyId(key.keyId())
                              .keyPairSpec("ECC_NIST_P256")
                              .encryptionContext(Map.of("context", "here")))
                      .privateKeyCiphertextBlob();
              kms.decrypt(b -> b.ciphertextBlob(sealed));
            }));
  }

  private static List<Case> imports() {
    String external = SYMMETRIC + "/EXTERNAL";
    return List.of(
        new Case(
            "test_import_key_symmetric",
            "encrypt-before-import-error",
            external,
            (kms, key) -> kms.encrypt(b -> b.keyId(key.keyId()).plaintext(MESSAGE))),
        new Case(
            "test_import_key_symmetric",
            "import-expiring-key-without-valid-to",
            external,
            (kms, key) ->
                kms.importKeyMaterial(
                    b -> b.keyId(key.keyId()).importToken(MESSAGE).encryptedKeyMaterial(MESSAGE))),
        new Case(
            "test_get_parameters_for_import_raises_for_non_external_kms_keys",
            "get-import-parameters-error",
            SYMMETRIC,
            (kms, key) ->
                kms.getParametersForImport(b ->
                    b.keyId(key.keyId())
                        .wrappingAlgorithm("RSAES_OAEP_SHA_256")
                        .wrappingKeySpec("RSA_2048"))));
  }

  private static void derive(KmsClient kms, KeyMetadata key, String algorithm) {
    kms.deriveSharedSecret(
        b -> b.keyId(key.keyId()).keyAgreementAlgorithm(algorithm).publicKey(MESSAGE));
  }

  private JsonNode find(String test) {
    assertThat(recorded).as("the recordings").containsKey(test);
    return recorded.get(test);
  }
}
