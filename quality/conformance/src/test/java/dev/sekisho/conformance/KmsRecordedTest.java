package dev.sekisho.conformance;

import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sekisho.testing.SekishoInstance;
import java.io.IOException;
import java.nio.file.Path;
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
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.Tag;

/**
 * The errors that AWS itself gave, code for code and word for word.
 *
 * <p>The recordings stand beside the project and are not part of it; without them this is skipped.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KmsRecordedTest {

  private static final String ACCOUNT = "111111111111";
  private static final String MISSING = "00000000-0000-0000-0000-000000000001";

  private Map<String, JsonNode> recorded;
  private SekishoInstance sekisho;
  private KmsClient kms;

  /**
   * One recorded error and the call that draws it.
   *
   * @param origin where the key's material comes from
   * @param call is given a client and a key; its id stands for {@code <key-id:1>}
   */
  record Case(String test, String step, String origin, BiConsumer<KmsClient, KeyMetadata> call) {

    Case(String test, String step, BiConsumer<KmsClient, KeyMetadata> call) {
      this(test, step, "AWS_KMS", call);
    }

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
    KeyMetadata key = kms.createKey(b -> b.origin(each.origin())).keyMetadata();
    JsonNode expected = find(each.test()).path(each.step());
    assertThat(expected.isObject()).as("the recording is there").isTrue();

    KmsException error =
        catchThrowableOfType(KmsException.class, () -> each.call().accept(kms, key));

    assertThat(error).isNotNull();
    assertThat(error.awsErrorDetails().errorCode()).isEqualTo(expected.at("/Error/Code").asText());
    assertThat(error.statusCode())
        .isEqualTo(expected.at("/ResponseMetadata/HTTPStatusCode").asInt());
    // The recorder writes a message that is not there as an empty one.
    assertThat(requireNonNullElse(error.awsErrorDetails().errorMessage(), ""))
        .isEqualTo(message(each, expected, key));
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            "test_generate_random_invalid_number_of_bytes[None]",
            "generate-random-exc",
            (kms, key) -> kms.generateRandom()),
        new Case(
            "test_generate_random_invalid_number_of_bytes[0]",
            "generate-random-exc",
            (kms, key) -> kms.generateRandom(b -> b.numberOfBytes(0))),
        new Case(
            "test_generate_random_invalid_number_of_bytes[1025]",
            "generate-random-exc",
            (kms, key) -> kms.generateRandom(b -> b.numberOfBytes(1025))),
        new Case(
            "test_get_key_in_different_region",
            "describe-key-diff-region-with-arn",
            (kms, key) ->
                kms.describeKey(b -> b.keyId(key.arn().replace("us-east-1", "us-west-2")))),
        new Case(
            "test_get_key_does_not_exist",
            "describe-nonexistent-key-with-id",
            (kms, key) -> kms.describeKey(b -> b.keyId(MISSING))),
        new Case(
            "test_get_key_does_not_exist",
            "describe-nonexistent-with-arn",
            (kms, key) -> kms.describeKey(b -> b.keyId(key.arn().replace(key.keyId(), MISSING)))),
        new Case(
            "test_get_key_does_not_exist",
            "describe-key-with-valid-id-mrk",
            (kms, key) -> kms.describeKey(b -> b.keyId("mrk-" + MISSING.replace("-", "")))),
        new Case(
            "test_get_key_invalid_uuid",
            "describe-key-with-invalid-uuid",
            (kms, key) -> kms.describeKey(b -> b.keyId("fake-key-id"))),
        new Case(
            "test_get_key_invalid_uuid",
            "describe-key-with-invalid-uuid-2",
            (kms, key) -> kms.describeKey(b -> b.keyId("134f2428cec14b25a1ae9048164dba47"))),
        new Case(
            "test_get_key_invalid_uuid",
            "describe-key-with-invalid-uuid-mrk",
            (kms, key) -> kms.describeKey(b -> b.keyId("mrk-fake-key-id"))),
        new Case(
            "test_create_alias",
            "create_alias",
            (kms, key) -> kms.createAlias(b -> b.aliasName("no").targetKeyId(key.keyId()))),
        new Case(
            "test_hmac_create_key_invalid_operations",
            "create-hmac-key-without-key-usage",
            (kms, key) -> kms.createKey(b -> b.keySpec("HMAC_256"))),
        new Case(
            "test_derive_shared_secret",
            "response-invalid-key-spec",
            (kms, key) -> kms.createKey(b -> b.keySpec("RSA_2048").keyUsage("KEY_AGREEMENT"))),
        new Case(
            "test_error_messaging_for_invalid_keys",
            "decrypt-invalid-key-id",
            (kms, key) -> {
              KeyMetadata other = kms.createKey().keyMetadata();
              SdkBytes sealed = seal(kms, other, Map.of());
              kms.decrypt(b -> b.keyId(key.keyId()).ciphertextBlob(sealed));
            }),
        new Case(
            "test_re_encrypt_incorrect_source_key",
            "incorrect-source-key",
            (kms, key) -> {
              KeyMetadata other = kms.createKey().keyMetadata();
              SdkBytes sealed = seal(kms, other, Map.of());
              kms.reEncrypt(b ->
                  b.sourceKeyId(key.keyId())
                      .destinationKeyId(other.keyId())
                      .ciphertextBlob(sealed));
            }),
        new Case(
            "test_plaintext_size_for_encrypt",
            "invalid-plaintext-size-encrypt",
            (kms, key) ->
                kms.encrypt(
                    b -> b.keyId(key.keyId()).plaintext(SdkBytes.fromByteArray(new byte[4097])))),
        new Case(
            "test_encrypt_decrypt_encryption_context",
            "decrypt_response_without_encryption_context",
            (kms, key) -> {
              SdkBytes sealed = seal(kms, key, Map.of("context", "here"));
              kms.decrypt(b -> b.ciphertextBlob(sealed));
            }),
        new Case(
            "test_encrypt_decrypt_encryption_context",
            "decrypt_response_with_invalid_ciphertext",
            (kms, key) ->
                kms.decrypt(
                    b -> b.keyId(key.keyId()).ciphertextBlob(SdkBytes.fromUtf8String("invalid")))),
        new Case(
            "test_encryption_context_generate_data_key",
            "decrypt-without-encryption-context",
            (kms, key) -> {
              SdkBytes sealed =
                  kms.generateDataKey(b ->
                          b.keyId(key.keyId())
                              .keySpec("AES_256")
                              .encryptionContext(Map.of("context", "here")))
                      .ciphertextBlob();
              kms.decrypt(b -> b.ciphertextBlob(sealed));
            }),
        new Case(
            "test_encryption_context_generate_data_key_without_plaintext",
            "decrypt-without-encryption-context",
            (kms, key) -> {
              SdkBytes sealed =
                  kms.generateDataKeyWithoutPlaintext(b ->
                          b.keyId(key.keyId())
                              .keySpec("AES_256")
                              .encryptionContext(Map.of("context", "here")))
                      .ciphertextBlob();
              kms.decrypt(b -> b.ciphertextBlob(sealed));
            }),
        new Case(
            "test_rotate_key_on_demand_raises_error_given_key_is_disabled",
            "error-response",
            (kms, key) -> {
              kms.disableKey(b -> b.keyId(key.keyId()));
              kms.rotateKeyOnDemand(b -> b.keyId(key.keyId()));
            }),
        new Case(
            "test_rotate_key_on_demand_raises_error_given_key_that_does_not_exist",
            "error-response",
            (kms, key) -> kms.rotateKeyOnDemand(b -> b.keyId(MISSING))),
        new Case(
            "test_rotate_key_on_demand_raises_error_given_non_symmetric_key",
            "error-response",
            (kms, key) -> {
              String pair =
                  kms.createKey(b -> b.keySpec("ECC_NIST_P256").keyUsage("SIGN_VERIFY"))
                      .keyMetadata()
                      .keyId();
              kms.rotateKeyOnDemand(b -> b.keyId(pair));
            }),
        new Case(
            "test_key_rotations_limits",
            "error-response",
            (kms, key) -> {
              for (int i = 0; i <= 25; i++) {
                kms.rotateKeyOnDemand(b -> b.keyId(key.keyId()));
              }
            }),
        new Case(
            "test_rotate_key_on_demand_on_external_key_with_no_key_material[SYMMETRIC_DEFAULT]",
            "rotate-key-on-demand-error-response-SYMMETRIC_DEFAULT",
            "EXTERNAL",
            (kms, key) -> kms.rotateKeyOnDemand(b -> b.keyId(key.keyId()))),
        new Case(
            "test_rotate_key_on_demand_raises_for_no_pending_key_material",
            "rotate-key-on-demand-invalid-state-error",
            "EXTERNAL",
            (kms, key) -> {
              WrappedMaterial.bring(kms, key.keyId(), new byte[32]);
              kms.rotateKeyOnDemand(b -> b.keyId(key.keyId()));
            }),
        new Case(
            "test_tag_key_with_duplicate_tag_keys_raises_error",
            "duplicate-tag-keys",
            (kms, key) -> create(kms, List.of(tag("a", "b"), tag("a", "c")))),
        new Case(
            "test_create_key_with_too_many_tags_raises_error",
            "invalid-tag-key",
            (kms, key) ->
                create(
                    kms,
                    Stream.iterate(0, i -> i < 51, i -> i + 1)
                        .map(i -> tag("key" + i, "value"))
                        .toList())),
        new Case(
            "test_create_key_with_invalid_tag_key[lowercase_prefix]",
            "invalid-tag-key",
            (kms, key) -> create(kms, List.of(tag("aws:key1", "value1")))),
        new Case(
            "test_create_key_with_invalid_tag_key[uppercase_prefix]",
            "invalid-tag-key",
            (kms, key) -> create(kms, List.of(tag("AWS:key1", "value1")))),
        new Case(
            "test_create_key_with_invalid_tag_key[too_long_key]",
            "invalid-tag-key",
            (kms, key) -> create(kms, List.of(tag("a".repeat(129), "value1")))),
        new Case(
            "test_tag_existing_key_with_invalid_tag_key",
            "invalid-tag-key",
            (kms, key) -> kms.tagResource(b -> b.keyId(key.keyId()).tags(tag("aws:key1", "v")))),
        new Case(
            "test_key_with_long_tag_value_raises_error",
            "too-long-tag-value",
            (kms, key) -> create(kms, List.of(tag("key1", "v".repeat(257))))));
  }

  private static void create(KmsClient kms, List<Tag> tags) {
    kms.createKey(b -> b.tags(tags));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().tagKey(key).tagValue(value).build();
  }

  private static SdkBytes seal(KmsClient kms, KeyMetadata key, Map<String, String> context) {
    return kms.encrypt(b ->
            b.keyId(key.keyId())
                .plaintext(SdkBytes.fromUtf8String("secret"))
                .encryptionContext(context))
        .ciphertextBlob();
  }

  private JsonNode find(String test) {
    assertThat(recorded).as("the recordings").containsKey(test);
    return recorded.get(test);
  }

  /** The recorded message with the recorder's placeholders filled in. */
  private static String message(Case each, JsonNode expected, KeyMetadata key) {
    boolean missing = each.test().contains("does_not_exist");
    return expected
        .at("/Error/Message")
        .asText()
        .replace("<partition>", "aws")
        .replace("<secondary-region>", "us-west-2")
        .replace("<region>", Region.US_EAST_1.id())
        .replace(ACCOUNT, SekishoInstance.ACCOUNT)
        .replace("<mrk-key-arn>", key.arn().replace(key.keyId(), "mrk-" + MISSING.replace("-", "")))
        .replace("<key-arn>", missing ? key.arn().replace(key.keyId(), MISSING) : key.arn())
        .replace("<key-id:1>", key.keyId());
  }
}
