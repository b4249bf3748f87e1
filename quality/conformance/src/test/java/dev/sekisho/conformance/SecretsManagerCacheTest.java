package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.secretsmanager.caching.SecretCache;
import com.amazonaws.secretsmanager.caching.SecretCacheConfiguration;
import dev.sekisho.testing.SekishoInstance;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** AWS's caching client works unchanged. */
class SecretsManagerCacheTest {

  @Test
  void awsCachingClientKeepsValuesAndSeesNewOnes(@TempDir Path folder) throws Exception {
    try (SekishoInstance sekisho = SekishoInstance.start(folder);
        SecretsManagerClient secrets = sekisho.client(SecretsManagerClient.builder());
        SecretCache cache = new SecretCache(new SecretCacheConfiguration().withClient(secrets))) {
      secrets.createSecret(r -> r.name("cached").secretString("first"));
      secrets.createSecret(
          r -> r.name("bytes").secretBinary(SdkBytes.fromByteArray(new byte[] {1, 2})));

      for (int i = 0; i < 20; i++) {
        assertThat(cache.getSecretString("cached")).isEqualTo("first");
      }
      assertThat(cache.getSecretBinary("bytes")).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
      secrets.putSecretValue(r -> r.secretId("cached").secretString("second"));
      assertThat(cache.getSecretString("cached")).isEqualTo("first");
      assertThat(cache.refreshNow("cached")).isTrue();
      assertThat(cache.getSecretString("cached")).isEqualTo("second");
      assertThatThrownBy(() -> cache.getSecretString("missing"))
          .isInstanceOf(ResourceNotFoundException.class);
      try (CloudTrailClient trail = sekisho.client(CloudTrailClient.builder())) {
        assertThat(
                trail
                    .lookupEvents(r ->
                        r.lookupAttributes(
                            a -> a.attributeKey("EventName").attributeValue("GetSecretValue")))
                    .events())
            .as("one reading of each value")
            .hasSize(3);
      }
    }
  }
}
