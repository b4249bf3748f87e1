package dev.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Principal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The example of README.md: it is what this class runs, and prints what README says. */
class ReadmeExampleTest {

  private static void example(PrintStream out) {
    // README: begin
    PolicyDocument document =
        PolicyValidator.check(
            """
            {
              "Version": "2012-10-17",
              "Statement": {
                "Effect": "Allow",
                "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::reports/${aws:username}/*",
                "Condition": {"Bool": {"aws:SecureTransport": "true"}}
              }
            }
            """,
            PolicyKind.IDENTITY);
    PolicySet policies = PolicySet.ofIdentity(List.of(CompiledPolicy.of("reports", document)));
    Principal alice =
        new Principal.User(new AccountId("123456789012"), "/", "alice", "AIDAEXAMPLE");
    Map<String, List<String>> keys = Map.of("aws:username", List.of("alice"));
    AccessRequest request =
        new AccessRequest(alice, "s3:GetObject", "arn:aws:s3:::reports/alice/may", keys::get);

    Explanation why = Explainer.explain(request, policies);

    out.println(DenialMessage.of(request, why.decision()));
    out.println("missing: " + why.missingKeys());
    // README: end
  }

  private static String between(String text, String begin, String end) {
    int from = text.indexOf(begin) + begin.length();
    return text.substring(from, text.indexOf(end, from));
  }

  /** Without the margin that code has where it stands, and as it is written outside a test. */
  private static String plain(String code) {
    return code.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(line -> line.replace("System.out.", "out."))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void readmeShowsWhatRunsAndWhatItPrints() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String source =
        Files.readString(Path.of("src/test/java/dev/sekisho/policy/ReadmeExampleTest.java"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    example(new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(plain(between(readme, "```java\n", "```")))
        .isEqualTo(plain(between(source, "// README: begin\n", "    // README: end")));
    assertThat(readme).contains("```\n" + out.toString(StandardCharsets.UTF_8) + "```");
  }
}
