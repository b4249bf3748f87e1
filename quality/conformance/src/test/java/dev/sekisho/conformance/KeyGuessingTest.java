package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.sts.StsClient;

/** Whoever tries secret keys is slowed and seen; whoever has the right one is not. */
class KeyGuessingTest {

  @Test
  void guessesAreHeldBackAndAuditedAndTheRightKeyIsNot(@TempDir Path folder) {
    try (SekishoInstance sekisho = SekishoInstance.start(folder);
        StsClient right = sekisho.client(StsClient.builder());
        StsClient wrong =
            sekisho.client(
                StsClient.builder(),
                AwsBasicCredentials.create(
                    SekishoInstance.ROOT.accessKeyId(), "wrong-secret-0123456789abcdef0123456"));
        CloudTrailClient trail = sekisho.client(CloudTrailClient.builder())) {
      guesses(wrong, 20);

      long began = System.nanoTime();
      guesses(wrong, 4);
      Duration held = Duration.ofNanos(System.nanoTime() - began);

      // A tenth of a second, then twice as long each time.
      assertThat(held).isGreaterThanOrEqualTo(Duration.ofMillis(1_500));
      assertThat(right.getCallerIdentity().account()).isEqualTo(SekishoInstance.ACCOUNT);
      List<Event> failed =
          trail.lookupEventsPaginator().events().stream()
              .filter(event -> event.cloudTrailEvent().contains("SignatureDoesNotMatch"))
              .toList();
      assertThat(failed).hasSize(24);
      assertThat(failed)
          .allSatisfy(event -> {
            assertThat(event.accessKeyId()).isEqualTo(SekishoInstance.ROOT.accessKeyId());
            assertThat(event.username()).isNull();
            assertThat(event.cloudTrailEvent()).contains("\"type\":\"Unknown\"");
          });
    }
  }

  private static void guesses(StsClient wrong, int count) {
    for (int i = 0; i < count; i++) {
      assertThat(
              catchThrowableOfType(AwsServiceException.class, wrong::getCallerIdentity)
                  .awsErrorDetails()
                  .errorCode())
          .isEqualTo("SignatureDoesNotMatch");
    }
  }
}
