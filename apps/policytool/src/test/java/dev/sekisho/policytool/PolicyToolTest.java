package dev.sekisho.policytool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sekisho.policy.check.FindingLanguage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as they are typed: what they print and how they end. */
class PolicyToolTest {

  @TempDir private Path folder;

  private String sound = "";
  private String wide = "";
  private String broken = "";
  private String bucket = "";

  /** What a run left behind. */
  private record Run(int code, String out, String err) {}

  @BeforeEach
  void writePolicies() throws IOException {
    sound =
        write(
            "sound.json",
            """
            {"Version": "2012-10-17",
             "Statement": [
               {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::b/*",
                "Condition": {"Bool": {"aws:SecureTransport": "true"}}}
             ]}
            """);
    wide =
        write(
            "wide policy.json",
            """
            {"Version": "2012-10-17",
             "Statement": {"Effect": "Allow", "Action": "iam:*", "Resource": "*"}}
            """);
    broken = write("broken.json", "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": }");
    bucket =
        write(
            "bucket.json",
            """
            {"Version": "2012-10-17",
             "Statement": {"Effect": "Allow", "Action": "s3:GetObject",
               "Principal": {"AWS": "arn:aws:iam::999999999999:user/guest"},
               "Resource": "arn:aws:s3:::b/*"}}
            """);
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static Run run(String... arguments) {
    return runWith("", arguments);
  }

  private static Run runWith(String input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        PolicyTool.run(
            List.of(arguments),
            FindingLanguage.ENGLISH,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Every name and text of a JSON document, which fails when it is none. */
  private static List<String> words(String json) throws IOException {
    List<String> words = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME || token.isScalarValue()) {
          words.add(parser.getText());
        }
      }
    }
    return words;
  }

  @Test
  void aSoundPolicyEndsWithZero() {
    assertThat(run("check", "--language", "en", sound))
        .isEqualTo(new Run(0, "no findings in 1 file\n", ""));
  }

  @Test
  void aFindingIsShownWhereItIs() {
    Run run = run("check", "--language", "en", sound, wide);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            wide
                + ":2:45: security warning: Using wildcards (*) in the action and the resource can"
                + " be overly permissive")
        .contains("    see " + wide + ":2:66\n")
        .contains(
            "     \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"iam:*\", \"Resource\": \"*\"}}\n"
                + "                                                ^^^^^^^\n")
        .endsWith("2 findings in 2 files\n");
  }

  @Test
  void theThresholdDecidesTheExitCode() {
    String[] levels = {"error", "security-warning", "warning", "suggestion", "never"};
    List<Integer> codes = new ArrayList<>();
    for (String level : levels) {
      codes.add(run("check", "--fail-on", level, wide).code());
    }

    assertThat(codes).containsExactly(0, 1, 1, 1, 0);
    assertThat(run("check", "--fail-on", "never", broken).code()).isZero();
    assertThat(run("check", broken).code()).isEqualTo(1);
  }

  @Test
  void standardInputCanBeChecked() {
    assertThat(runWith("{}", "check", "--language=en", "-").out())
        .contains("-:1:1: error: Add a statement to the policy [MISSING_STATEMENT]");
  }

  @Test
  void theTypeIsGuessedOrSaid() {
    assertThat(run("check", bucket).code()).isZero();
    assertThat(run("check", "--type", "identity", bucket).out()).contains("UNSUPPORTED_PRINCIPAL");
    assertThat(run("check", "--type", "scp", bucket).out()).contains("SCP_SYNTAX_ERROR_PRINCIPAL");
    assertThat(run("check", "--type", "rcp", bucket).out()).contains("RCP_SYNTAX_ERROR_PRINCIPAL");
    assertThat(run("check", "--type", "trust", bucket).out())
        .contains("ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE");
    assertThat(run("check", "--resource-type", "AWS::DynamoDB::Table", bucket).out())
        .contains("UNSUPPORTED_ACTION_IN_POLICY");
  }

  @Test
  void findingsAreToldInJapanese() {
    assertThat(runWith("{}", "check", "--language", "ja", "-").out())
        .contains("ポリシーにステートメントを加えてください");
  }

  @Test
  void theJsonReportHasTheShapeOfAwsAnswers() throws IOException {
    Run run = run("check", "--format", "json", "--language", "en", wide);

    assertThat(run.code()).isEqualTo(1);
    assertThat(words(run.out()))
        .containsSubsequence("files", "file", wide, "policyType", "IDENTITY_POLICY", "findings")
        .containsSubsequence(
            "findingType",
            "SECURITY_WARNING",
            "issueCode",
            "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE",
            "locations",
            "path",
            "value",
            "Statement",
            "value",
            "Action",
            "span",
            "start",
            "line",
            "2",
            "column",
            "44");
  }

  @Test
  void theSarifReportHasWhatTheFormatRequires() throws IOException {
    Run run = run("check", "--format", "sarif", "--language", "en", wide, sound);

    assertThat(run.code()).isEqualTo(1);
    assertThat(words(run.out()))
        .containsSubsequence("version", "2.1.0", "runs", "tool", "driver", "name")
        .containsSubsequence("rules", "id", "CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE")
        .containsSubsequence(
            "results",
            "ruleId",
            "ruleIndex",
            "level",
            "warning",
            "message",
            "text",
            "locations",
            "physicalLocation",
            "artifactLocation",
            "uri",
            wide.replace(" ", "%20"),
            "region",
            "startLine",
            "2",
            "startColumn",
            "45");
  }

  @Test
  void aSimulationSaysWhoAllows() {
    Run run =
        run(
            "simulate",
            "--identity",
            sound,
            "--action",
            "s3:GetObject",
            "--resource",
            "arn:aws:s3:::b/k",
            "--context",
            "aws:SecureTransport=true");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "allowed  s3:GetObject  arn:aws:s3:::b/k\n"
                + "    Allow by identity-based policy "
                + sound
                + ":3:4 (Read)\n");
  }

  @Test
  void aSimulationSaysWhatIsMissing() throws IOException {
    String[] arguments = {
      "simulate",
      "--identity=" + sound,
      "--principal=arn:aws:iam::123456789012:user/alice",
      "--action=s3:GetObject",
      "--resource=arn:aws:s3:::b/k"
    };
    Run text = run(arguments);
    List<String> more = new ArrayList<>(List.of(arguments));
    more.add("--format=json");
    Run json = run(more.toArray(String[]::new));

    assertThat(text.code()).isEqualTo(1);
    assertThat(text.out())
        .contains("implicitDeny  s3:GetObject  arn:aws:s3:::b/k\n")
        .contains(
            "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: s3:GetObject"
                + " on resource: arn:aws:s3:::b/k because no identity-based policy allows the"
                + " s3:GetObject action")
        .contains("missing context keys: aws:securetransport");
    assertThat(json.code()).isEqualTo(1);
    assertThat(words(json.out()))
        .containsSubsequence(
            "decision", "implicitDeny", "missingContextKeys", "aws:securetransport");
  }

  @Test
  void boundariesControlPoliciesAndResourcePoliciesCount() throws IOException {
    String deny =
        write(
            "deny.json",
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\","
                + "\"Action\":\"*\",\"Resource\":\"*\"}}");
    String[] request = {"simulate", "--action", "iam:GetUser", "--identity", wide};

    assertThat(run(request).code()).isZero();
    assertThat(run(with(request, "--boundary", sound)).out())
        .contains("no permissions boundary allows");
    assertThat(run(with(request, "--session", sound)).out()).contains("no session policy allows");
    assertThat(run(with(request, "--scp", wide + "," + deny)).out())
        .startsWith("explicitDeny")
        .contains("with an explicit deny in a service control policy");
    String guard =
        write(
            "guard.json",
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\","
                + "\"Action\":\"iam:*\",\"Resource\":\"*\"}}");
    String full =
        write(
            "full.json",
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\","
                + "\"Action\":\"*\",\"Resource\":\"*\"}}");
    assertThat(run(with(request, "--rcp", full)).code()).isZero();
    assertThat(run(with(request, "--rcp", full + "," + guard)).out())
        .contains("with an explicit deny in a resource control policy");
    assertThat(run(with(request, "--rcp", wide)).err())
        .contains("Missing required field Principal");
    assertThat(run(with(request, "--rcp", bucket)).err())
        .contains("A resource control policy can only have the effect Deny.");
    assertThat(run(with(request, "--scp", guard)).err())
        .contains("Policy document should not specify a principal.");
    assertThat(run(with(request, "--scp", wide, "--scp", sound)).out())
        .contains("no service control policy allows");
    assertThat(
            run(
                    "simulate",
                    "--action=s3:GetObject",
                    "--resource=arn:aws:s3:::b/k",
                    "--principal=arn:aws:iam::999999999999:user/guest",
                    "--resource-policy=" + bucket)
                .out())
        .startsWith("allowed")
        .contains("Allow by resource-based policy");
  }

  private static String[] with(String[] before, String... more) {
    List<String> all = new ArrayList<>(List.of(before));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void everyKindOfPrincipalIsRead() {
    for (String arn :
        List.of(
            "arn:aws:iam::123456789012:root",
            "arn:aws:iam::123456789012:user/path/alice",
            "arn:aws:iam::123456789012:role/path/app",
            "arn:aws:sts::123456789012:assumed-role/app/session")) {
      assertThat(run("simulate", "--action=iam:GetUser", "--principal", arn, "--identity", wide))
          .as(arn)
          .satisfies(run -> assertThat(run.code()).isZero());
    }
    assertThat(run("simulate", "--action=iam:GetUser", "--principal=alice").code()).isEqualTo(2);
  }

  @Test
  void whatCannotBeDoneEndsWithTwo() throws IOException {
    Path latin = folder.resolve("latin.json");
    Files.write(latin, new byte[] {'"', (byte) 0xe9, '"'});
    List<String[]> wrong =
        List.of(
            new String[] {},
            new String[] {"prove"},
            new String[] {"check"},
            new String[] {"check", folder.resolve("absent.json").toString()},
            new String[] {"check", folder.toString()},
            new String[] {"check", latin.toString()},
            new String[] {"check", "--colour", "red", sound},
            new String[] {"check", "--format", "xml", sound},
            new String[] {"check", "--fail-on", "doubt", sound},
            new String[] {"check", "--type", "bucket", sound},
            new String[] {"check", "--language", "fr", sound},
            new String[] {"check", sound, "--type"},
            new String[] {"simulate"},
            new String[] {"simulate", "--action", "s3:*"},
            new String[] {"simulate", "--action", "s3:GetObject", "--identity", broken},
            new String[] {"simulate", "--action", "s3:GetObject", "--context", "novalue"},
            new String[] {"simulate", "--action", "s3:GetObject", "--boundary=a", "--boundary=b"},
            new String[] {"simulate", "--action", "s3:GetObject", sound});

    for (String[] arguments : wrong) {
      Run run = run(arguments);
      assertThat(run.code()).as(String.join(" ", arguments)).isEqualTo(2);
      assertThat(run.err()).startsWith("sekisho policy: ");
      assertThat(run.out()).isEmpty();
    }
    assertThat(run("help").code()).isZero();
    assertThat(run("help").out()).contains("policy check").contains("policy simulate");
  }

  @Test
  void aPolicyCannotCommandTheTerminal() {
    assertThat(runWith("{\"\u001b[31m\": 1}", "check", "--language", "en", "-").out())
        .doesNotContain("\u001b");
  }
}
