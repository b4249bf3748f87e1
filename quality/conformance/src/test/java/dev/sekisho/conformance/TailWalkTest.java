package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.testing.SekishoInstance;
import dev.sekisho.testing.SekishoProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;

/** {@code sekisho tail} beside a running Sekisho. */
class TailWalkTest {

  @TempDir private Path folder;

  @Test
  @Timeout(60)
  void tailShowsWhatHappensAsItHappens() throws IOException {
    try (SekishoInstance sekisho = SekishoInstance.start(folder);
        IamClient iam = sekisho.client(IamClient.builder())) {
      iam.createUser(r -> r.userName("before"));
      Process tail = tail("--json", "--service", "iam", "--since", "1h");
      try (BufferedReader shown = tail.inputReader(StandardCharsets.UTF_8)) {
        assertThat(next(shown).at("/requestParameters/userName").asText()).isEqualTo("before");

        iam.createUser(r -> r.userName("after"));

        JsonNode event = next(shown);
        assertThat(event.path("eventName").asText()).isEqualTo("CreateUser");
        assertThat(event.at("/requestParameters/userName").asText()).isEqualTo("after");
      } finally {
        tail.destroyForcibly();
      }
    }
  }

  @Test
  @Timeout(60)
  void onlyErrorsAreShownWhenOnlyTheyAreAskedFor() throws IOException {
    try (SekishoInstance sekisho = SekishoInstance.start(folder);
        IamClient iam = sekisho.client(IamClient.builder())) {
      iam.createUser(r -> r.userName("twice"));
      try {
        iam.createUser(r -> r.userName("twice"));
      } catch (IamException expected) {
        assertThat(expected.awsErrorDetails().errorCode()).isEqualTo("EntityAlreadyExists");
      }

      Process tail = tail("--errors", "--since", "1h", "--no-follow");
      List<String> lines;
      try (BufferedReader shown = tail.inputReader(StandardCharsets.UTF_8)) {
        lines = shown.lines().toList();
      }

      assertThat(tail.onExit().join().exitValue()).isZero();
      assertThat(lines)
          .singleElement()
          .asString()
          .contains(
              "iam:CreateUser  000000000001:root",
              "EntityAlreadyExists: User with name twice already exists.");
    }
  }

  @Test
  @Timeout(60)
  void folderWithoutDataIsSaidToBeOne() throws IOException {
    Process tail = tail("--no-follow");

    try (BufferedReader error = tail.errorReader(StandardCharsets.UTF_8)) {
      assertThat(error.readLine()).startsWith("sekisho tail: there is no database ");
    }
    assertThat(tail.onExit().join().exitValue()).isEqualTo(1);
  }

  private Process tail(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-cp",
            SekishoProcess.jar().toString(),
            "dev.sekisho.server.tail.Main",
            "--data",
            folder.toString()));
    command.addAll(List.of(options));
    return new ProcessBuilder(command).start();
  }

  private static JsonNode next(BufferedReader shown) throws IOException {
    return new ObjectMapper().readTree(shown.readLine());
  }
}
