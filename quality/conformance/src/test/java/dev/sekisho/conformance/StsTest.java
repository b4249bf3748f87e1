package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** STS through the real port, with AWS's own client. */
class StsTest {

  @TempDir Path folder;

  @Test
  void rootLearnsWhoItIs() {
    try (SekishoInstance sekisho = SekishoInstance.start(folder);
        StsClient sts = sekisho.client(StsClient.builder())) {
      GetCallerIdentityResponse identity = sts.getCallerIdentity();

      assertThat(identity.account()).isEqualTo(SekishoInstance.ACCOUNT);
      assertThat(identity.arn()).isEqualTo("arn:aws:iam::000000000001:root");
      assertThat(identity.userId()).isEqualTo(SekishoInstance.ACCOUNT);
    }
  }
}
