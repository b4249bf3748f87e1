package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.kms.RequestQuotas;
import dev.sekisho.testing.PlainClient;
import dev.sekisho.testing.SekishoInstance;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Quotas through the real port, and the operations that came last to the API. */
class KmsLimitsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void quotasThatAreSwitchedOnTurnCallsAwayAsAwsDoes(@TempDir Path folder) {
    try (SekishoInstance sekisho =
            SekishoInstance.start(
                folder, options -> options.with(RequestQuotas.parse("aws,CreateKey=0.01")));
        KmsClient kms =
            sekisho.client(
                KmsClient.builder()
                    .overrideConfiguration(b -> b.retryStrategy(RetryMode.STANDARD)))) {
      kms.createKey();
      assertThatThrownBy(kms::createKey)
          .isInstanceOfSatisfying(
              KmsException.class,
              error -> {
                assertThat(error.isThrottlingException()).isTrue();
                assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ThrottlingException");
                // The client tried again, as it does when it is throttled.
                assertThat(error.numAttempts()).isGreaterThan(1);
              });
      assertThat(kms.listKeys().keys()).hasSize(1);
    }
  }

  @Test
  void whenAKeyWasLastUsedIsKnownFromItsEvents(@TempDir Path folder) throws IOException {
    String key;
    try (SekishoInstance sekisho = SekishoInstance.start(folder);
        PlainClient kms = new PlainClient(sekisho.address(), SekishoInstance.ROOT)) {
      key = call(kms, "CreateKey", "{}").at("/KeyMetadata/KeyId").asText();
      JsonNode never = lastUsage(kms, key);
      assertThat(never.at("/KeyLastUsage/Operation").isMissingNode()).isTrue();
      assertThat(never.at("/KeyCreationDate").asDouble())
          .isPositive()
          .isEqualTo(never.at("/TrackingStartDate").asDouble());

      String sealed =
          call(kms, "Encrypt", "{\"KeyId\":\"" + key + "\",\"Plaintext\":\"c2VjcmV0\"}")
              .at("/CiphertextBlob")
              .asText();
      assertThat(lastUsage(kms, key).at("/KeyLastUsage/Operation").asText()).isEqualTo("Encrypt");
      call(kms, "Decrypt", "{\"CiphertextBlob\":\"" + sealed + "\"}");
      // What fails is no use, and neither is looking.
      call(
          kms, "Encrypt", "{\"KeyId\":\"" + key + "\",\"Plaintext\":\"c2VjcmV0\",\"DryRun\":true}");
      call(kms, "DescribeKey", "{\"KeyId\":\"" + key + "\"}");

      JsonNode last = lastUsage(kms, key).at("/KeyLastUsage");
      assertThat(last.at("/Operation").asText()).isEqualTo("Decrypt");
      assertThat(last.at("/KmsRequestId").asText()).matches("[0-9a-f-]{36}");
      assertThat(last.at("/CloudTrailEventId").asText()).matches("[0-9a-f-]{36}");
      assertThat(last.at("/Timestamp").asDouble())
          .isGreaterThanOrEqualTo(never.at("/KeyCreationDate").asDouble());
    }
    try (SekishoInstance again = SekishoInstance.start(folder);
        PlainClient kms = new PlainClient(again.address(), SekishoInstance.ROOT)) {
      assertThat(lastUsage(kms, key).at("/KeyLastUsage/Operation").asText()).isEqualTo("Decrypt");
      assertThat(lastUsage(kms, "alias/none").at("/__type").asText())
          .isEqualTo("NotFoundException");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ML_KEM_512", "ML_KEM_768", "ML_KEM_1024"})
  void aSecretIsEncapsulatedForAKeyAndFoundByIt(String spec, @TempDir Path folder)
      throws IOException {
    try (SekishoInstance sekisho = SekishoInstance.start(folder);
        PlainClient kms = new PlainClient(sekisho.address(), SekishoInstance.ROOT)) {
      String key = create(kms, spec);
      JsonNode made = capsule(kms, "Encapsulate", key, "");
      String sealed = made.at("/SharedSecretCiphertextBlob").asText();
      JsonNode opened =
          capsule(kms, "Decapsulate", key, ",\"SharedSecretCiphertextBlob\":\"" + sealed + "\"");

      assertThat(made.at("/SharedSecret").asText()).hasSize(44);
      assertThat(opened.at("/SharedSecret")).isEqualTo(made.at("/SharedSecret"));
      assertThat(opened.at("/KeyId").asText()).endsWith("key/" + key);
      assertThat(
              capsule(kms, "Decapsulate", key, ",\"SharedSecretCiphertextBlob\":\"AAAA\"")
                  .at("/__type")
                  .asText())
          .isEqualTo("InvalidCiphertextException");
      assertThat(capsule(kms, "Encapsulate", key, ",\"DryRun\":true").at("/__type").asText())
          .isEqualTo("DryRunOperationException");
      assertThat(call(kms, "GetPublicKey", "{\"KeyId\":\"" + key + "\"}").at("/KeySpec").asText())
          .isEqualTo(spec);
      assertThat(lastUsage(kms, key).at("/KeyLastUsage/Operation").asText())
          .isEqualTo("Decapsulate");
    }
  }

  @Test
  void onlyKeysThatAreMadeForItEncapsulate(@TempDir Path folder) throws IOException {
    try (SekishoInstance sekisho = SekishoInstance.start(folder);
        PlainClient kms = new PlainClient(sekisho.address(), SekishoInstance.ROOT)) {
      String symmetric = call(kms, "CreateKey", "{}").at("/KeyMetadata/KeyId").asText();
      assertThat(capsule(kms, "Encapsulate", symmetric, "").at("/__type").asText())
          .isEqualTo("InvalidKeyUsageException");
      String kem = create(kms, "ML_KEM_768");
      call(kms, "DisableKey", "{\"KeyId\":\"" + kem + "\"}");
      assertThat(capsule(kms, "Encapsulate", kem, "").at("/__type").asText())
          .isEqualTo("DisabledException");
    }
  }

  private static String create(PlainClient kms, String spec) throws IOException {
    return call(
            kms,
            "CreateKey",
            "{\"KeySpec\":\"" + spec + "\",\"KeyUsage\":\"ENCAPSULATE_DECAPSULATE\"}")
        .at("/KeyMetadata/KeyId")
        .asText();
  }

  private static JsonNode capsule(PlainClient kms, String operation, String key, String more)
      throws IOException {
    return call(
        kms,
        operation,
        "{\"KeyId\":\"" + key + "\",\"EncapsulationAlgorithm\":\"ML_KEM\"" + more + "}");
  }

  private static JsonNode lastUsage(PlainClient kms, String key) throws IOException {
    return call(kms, "GetKeyLastUsage", "{\"KeyId\":\"" + key + "\"}");
  }

  private static JsonNode call(PlainClient kms, String operation, String body) throws IOException {
    return JSON.readTree(kms.json("kms", "TrentService." + operation, body).body());
  }
}
