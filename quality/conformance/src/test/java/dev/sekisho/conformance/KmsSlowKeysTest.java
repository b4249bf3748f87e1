package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/** Keys that take long to make are nobody's business but their maker's. */
class KmsSlowKeysTest {

  private static final int MAKERS = 8;
  private static final int CALLS = 15;

  @Test
  void whileKeysForRsa4096AreMadeOtherCallersAreAnswered(@TempDir Path folder) {
    try (SekishoInstance sekisho = SekishoInstance.start(folder);
        KmsClient kms = sekisho.client(KmsClient.builder());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String key = kms.createKey().keyMetadata().keyId();
      SdkBytes secret = SdkBytes.fromUtf8String("secret");
      kms.encrypt(r -> r.keyId(key).plaintext(secret));
      List<CompletableFuture<String>> made = new ArrayList<>();
      for (int i = 0; i < MAKERS; i++) {
        made.add(
            CompletableFuture.supplyAsync(
                () ->
                    kms.createKey(
                            r -> r.keySpec(KeySpec.RSA_4096).keyUsage(KeyUsageType.SIGN_VERIFY))
                        .keyMetadata()
                        .keyId(),
                threads));
      }

      // Were anything held while a key is made, these would come after those.
      for (int i = 0; i < CALLS; i++) {
        kms.encrypt(r -> r.keyId(key).plaintext(secret));
        kms.createKey(r -> r.keySpec(KeySpec.SYMMETRIC_DEFAULT));
      }
      long waiting = made.stream().filter(each -> !each.isDone()).count();

      assertThat(waiting).as("keys still being made").isPositive();
      assertThat(made.stream().map(CompletableFuture::join).distinct()).hasSize(MAKERS);
    }
  }
}
