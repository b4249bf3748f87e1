package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sekisho.testing.PlainClient;
import dev.sekisho.testing.SekishoInstance;
import dev.sekisho.testing.SekishoProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: changes are refused in AWS's form, and nothing is lost by it. */
class DiskFullTest {

  private static final String ROOT_KEY =
      SekishoInstance.ROOT.accessKeyId() + ":" + SekishoInstance.ROOT.secretAccessKey();

  @TempDir Path folder;

  @Test
  void writesAreRefusedClearlyAndGoOnWhenThereIsRoomAgain() throws Exception {
    // The data folder alone is on the small disk; what the process says goes beside it.
    Path disk = Files.createDirectory(folder.resolve("data"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=24m,mode=0700", "tmpfs", disk.toString()) == 0,
        "a small disk cannot be mounted here");
    try {
      Path filler = disk.resolve("filler");
      try (SekishoProcess process = SekishoProcess.start(disk, "--dev", "--root-key", ROOT_KEY);
          PlainClient client = new PlainClient(process.address(), SekishoInstance.ROOT)) {
        assertThat(create(client, "before").status()).isEqualTo(200);
        fill(filler);

        int made = 0;
        assertThat(process.isAlive()).isTrue();
        PlainClient.Answer refused = create(client, "made-0");
        while (refused.status() == 200) {
          refused = create(client, "made-" + ++made);
        }
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("<Code>ServiceUnavailable</Code>");
        assertThat(client.json("kms", "TrentService.CreateKey", "{}").body())
            .contains("ServiceUnavailableException");
        assertThat(process.isAlive()).isTrue();

        Files.delete(filler);
        assertThat(create(client, "after").status()).isEqualTo(200);
        String users =
            client.form("iam", "Action=ListUsers&Version=2010-05-08&MaxItems=1000").body();
        assertThat(users).contains("<UserName>before</UserName>", "<UserName>after</UserName>");
        assertThat(users).doesNotContain("<UserName>made-" + made + "</UserName>");
        // Whatever was answered while there was hardly any room left its event.
        assertThat(
                client
                    .json(
                        "cloudtrail",
                        "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents",
                        "{\"LookupAttributes\":[{\"AttributeKey\":\"ResourceName\","
                            + "\"AttributeValue\":\"%s\"}]}"
                                .formatted(made == 0 ? "before" : "made-" + (made - 1)))
                    .body())
            .contains("CreateUser");
      }
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  private static PlainClient.Answer create(PlainClient client, String name) throws IOException {
    return client.form("iam", "Action=CreateUser&Version=2010-05-08&UserName=" + name);
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[4_096];
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(Files.size(file)).isPositive();
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException notThere) {
      return -1;
    }
  }
}
