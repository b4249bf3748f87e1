package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sekisho.testing.SekishoInstance;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** A team's IAM kept by Ansible's modules: what they make is what they find again. */
class AnsibleWalkTest {

  @TempDir private Path folder;

  /** How a command ended. */
  private record Ran(int exit, String out) {}

  @Test
  void whatAnsibleMadeItFindsAgainAndLeavesAlone() throws Exception {
    String python = pythonWithBoto().orElse(null);
    assumeTrue(python != null, "no python with boto3 is there");
    assumeTrue(hasModules(), "ansible with its collections for AWS is not there");
    try (SekishoInstance sekisho = SekishoInstance.start(folder.resolve("data"))) {
      Ran first = play(sekisho, python, "sign_in=true");
      assertThat(first.exit()).as(first.out()).isZero();
      assertThat(first.out()).contains("failed=0");

      Ran second = play(sekisho, python, "sign_in=false");

      assertThat(second.exit()).as(second.out()).isZero();
      assertThat(second.out()).as("nothing is left to change").contains("changed=0");
    }
  }

  private Ran play(SekishoInstance sekisho, String python, String variable)
      throws IOException, InterruptedException {
    URL playbook =
        Objects.requireNonNull(AnsibleWalkTest.class.getResource("iam.yml"), "the playbook");
    AwsCredentials root = SekishoInstance.ROOT;
    return run(
        Map.of(
            "AWS_ACCESS_KEY_ID",
            root.accessKeyId(),
            "AWS_SECRET_ACCESS_KEY",
            root.secretAccessKey(),
            "ANSIBLE_LOCAL_TEMP",
            folder.resolve("ansible").toString(),
            "ANSIBLE_NOCOLOR",
            "1",
            "ANSIBLE_DEPRECATION_WARNINGS",
            "0"),
        "ansible-playbook",
        "-i",
        "localhost,",
        "-e",
        "ansible_python_interpreter=" + python,
        "-e",
        "endpoint=" + sekisho.address(),
        "-e",
        variable,
        Path.of(playbook.getPath()).toString());
  }

  private static Optional<String> pythonWithBoto() {
    return Stream.of("python3", "/usr/bin/python3")
        .map(python -> attempt(python, "-c", "import boto3, sys; print(sys.executable)"))
        .filter(ran -> ran.exit() == 0)
        .map(ran -> ran.out().strip())
        .findFirst();
  }

  private static boolean hasModules() {
    return attempt("ansible-doc", "-t", "module", "-l", "community.aws").out().contains("iam_role");
  }

  private static Ran attempt(String... command) {
    try {
      return run(Map.of(), command);
    } catch (IOException notThere) {
      return new Ran(127, "");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Ran(127, "");
    }
  }

  private static Ran run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("ansible", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("it ends").isTrue();
      return new Ran(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }
}
