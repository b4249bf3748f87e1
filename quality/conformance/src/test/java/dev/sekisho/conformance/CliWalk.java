package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.testing.SekishoProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's story with the stock {@code aws} command line, against the packaged program.
 *
 * <p>The root user calls one address and the user she makes another; where there is one process
 * they are the same.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CliWalk {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a command answered. */
  private record Ran(int exit, String out, String error) {
    JsonNode json() throws IOException {
      assertThat(exit).as(error).isZero();
      return JSON.readTree(out);
    }
  }

  private Path folder;
  private List<SekishoProcess> processes = List.of();
  private final Map<String, String> asRoot = new HashMap<>();

  /**
   * Starts what the walk goes through; the first process has its data in {@code folder/data} and
   * has made the root user.
   */
  abstract List<SekishoProcess> processes(Path folder) throws IOException;

  @BeforeAll
  void start(@TempDir Path given) throws Exception {
    assumeTrue(knowsEndpointsInConfig(), "the aws command line 1.29/2.13 or later is not there");
    folder = given;
    processes = processes(folder);
    Path data = folder.resolve("data");
    asRoot.put("AWS_CONFIG_FILE", data.resolve("config").toString());
    asRoot.put("AWS_SHARED_CREDENTIALS_FILE", data.resolve("credentials").toString());
    asRoot.put("AWS_PROFILE", "sekisho");
  }

  @AfterAll
  void stop() {
    for (SekishoProcess process : processes) {
      assertThat(process.stop()).as("SIGTERM ends it cleanly").isIn(0, 143);
      process.close();
    }
  }

  private static boolean knowsEndpointsInConfig() throws InterruptedException {
    try {
      Ran version = run(Map.of(), List.of("aws", "--version"));
      Matcher found = Pattern.compile("aws-cli/(\\d+)\\.(\\d+)").matcher(version.out());
      return found.find()
          && (found.group(1).equals("1")
              ? Integer.parseInt(found.group(2)) >= 29
              : Integer.parseInt(found.group(2)) >= 13);
    } catch (IOException notInstalled) {
      return false;
    }
  }

  private static Ran run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    Path error = Files.createTempFile("sekisho-cli", ".err");
    builder.redirectError(error.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    String errors = Files.readString(error);
    Files.delete(error);
    return new Ran(exit, out, errors);
  }

  private Ran aws(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("aws", "--output", "json"));
    command.addAll(List.of(arguments));
    return run(environment, command);
  }

  @Test
  void anOrganizationsStory() throws Exception {
    aws(asRoot, "organizations", "create-organization").json();
    String root = aws(asRoot, "organizations", "list-roots").json().at("/Roots/0/Id").asText();
    aws(
            asRoot,
            "organizations",
            "enable-policy-type",
            "--root-id",
            root,
            "--policy-type",
            "SERVICE_CONTROL_POLICY")
        .json();
    String request =
        aws(
                asRoot,
                "organizations",
                "create-account",
                "--account-name",
                "work",
                "--email",
                "work@example.com")
            .json()
            .at("/CreateAccountStatus/Id")
            .asText();
    String account =
        aws(
                asRoot,
                "organizations",
                "describe-create-account-status",
                "--create-account-request-id",
                request)
            .json()
            .at("/CreateAccountStatus/AccountId")
            .asText();
    Map<String, String> administrator = administrator();
    Map<String, String> inside = inside(administrator, account);
    assertThat(aws(inside, "sts", "get-caller-identity").json().get("Account").asText())
        .isEqualTo(account);

    String policy =
        aws(
                asRoot,
                "organizations",
                "create-policy",
                "--type",
                "SERVICE_CONTROL_POLICY",
                "--name",
                "no-users",
                "--description",
                "",
                "--content",
                OrganizationFixture.statement("Deny", "iam:CreateUser"))
            .json()
            .at("/Policy/PolicySummary/Id")
            .asText();
    Ran attached =
        aws(asRoot, "organizations", "attach-policy", "--policy-id", policy, "--target-id", root);
    assertThat(attached.exit()).as(attached.error()).isZero();
    assertThat(aws(inside, "iam", "create-user", "--user-name", "x").error())
        .contains("An error occurred (AccessDenied) when calling the CreateUser operation")
        .contains("with an explicit deny in a service control policy: arn:aws:organizations::");
    assertThat(aws(inside, "organizations", "list-accounts").error())
        .contains(
            "An error occurred (AccessDeniedException) when calling the ListAccounts operation:"
                + " You don't have permissions to access this resource.");
    rootAccess(administrator, account);
    Ran closed = aws(asRoot, "organizations", "close-account", "--account-id", account);
    assertThat(closed.exit()).as(closed.error()).isZero();
    assertThat(aws(inside, "sts", "get-caller-identity").error())
        .contains("(InvalidClientTokenId)");
  }

  /** What the member's root user has is looked at, by whoever the command line knows how. */
  private void rootAccess(Map<String, String> administrator, String account) throws Exception {
    Ran trusted =
        aws(
            asRoot,
            "organizations",
            "enable-aws-service-access",
            "--service-principal",
            "iam.amazonaws.com");
    assertThat(trusted.exit()).as(trusted.error()).isZero();
    Ran enabled = aws(asRoot, "iam", "enable-organizations-root-credentials-management");
    assumeTrue(
        !enabled.error().contains("nvalid choice"),
        "the aws command line is older than centralized root access");
    assertThat(enabled.json().at("/EnabledFeatures/0").asText())
        .isEqualTo("RootCredentialsManagement");
    JsonNode session =
        aws(
                administrator,
                "sts",
                "assume-root",
                "--target-principal",
                account,
                "--task-policy-arn",
                "arn=arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials")
            .json()
            .get("Credentials");
    Map<String, String> root = with(administrator, session);
    assertThat(aws(root, "iam", "list-access-keys").json().get("AccessKeyMetadata")).isEmpty();
    assertThat(aws(root, "iam", "create-access-key").error()).contains("session policy");
  }

  private static Map<String, String> with(Map<String, String> before, JsonNode session) {
    Map<String, String> environment = new HashMap<>(before);
    environment.put("AWS_ACCESS_KEY_ID", session.get("AccessKeyId").asText());
    environment.put("AWS_SECRET_ACCESS_KEY", session.get("SecretAccessKey").asText());
    environment.put("AWS_SESSION_TOKEN", session.get("SessionToken").asText());
    return environment;
  }

  /** The credentials of a user who may do everything, at the last process. */
  private Map<String, String> administrator() throws Exception {
    aws(asRoot, "iam", "create-user", "--user-name", "administrator").json();
    Ran given =
        aws(
            asRoot,
            "iam",
            "attach-user-policy",
            "--user-name",
            "administrator",
            "--policy-arn",
            "arn:aws:iam::aws:policy/AdministratorAccess");
    assertThat(given.exit()).as(given.error()).isZero();
    JsonNode key =
        aws(asRoot, "iam", "create-access-key", "--user-name", "administrator")
            .json()
            .get("AccessKey");
    Map<String, String> environment = new HashMap<>(asRoot);
    environment.put("AWS_ACCESS_KEY_ID", key.get("AccessKeyId").asText());
    environment.put("AWS_SECRET_ACCESS_KEY", key.get("SecretAccessKey").asText());
    environment.remove("AWS_PROFILE");
    environment.put("AWS_ENDPOINT_URL", processes.getLast().address().toString());
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
    return environment;
  }

  /** The credentials of a session in the account. */
  private Map<String, String> inside(Map<String, String> administrator, String account)
      throws Exception {
    JsonNode session =
        aws(
                administrator,
                "sts",
                "assume-role",
                "--role-arn",
                "arn:aws:iam::" + account + ":role/OrganizationAccountAccessRole",
                "--role-session-name",
                "walk")
            .json()
            .get("Credentials");
    return with(administrator, session);
  }

  @Test
  void theReadmesStory() throws Exception {
    assertThat(aws(asRoot, "sts", "get-caller-identity").json().get("Arn").asText())
        .isEqualTo("arn:aws:iam::000000000001:root");

    aws(asRoot, "iam", "create-user", "--user-name", "alice").json();
    Ran put =
        aws(
            asRoot,
            "iam",
            "put-user-policy",
            "--user-name",
            "alice",
            "--policy-name",
            "keys",
            "--policy-document",
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
            "Action":["kms:CreateKey","kms:CreateAlias","kms:Encrypt","kms:Decrypt"],
            "Resource":"*"}]}\
            """);
    assertThat(put.exit()).as(put.error()).isZero();
    JsonNode key =
        aws(asRoot, "iam", "create-access-key", "--user-name", "alice").json().get("AccessKey");
    Map<String, String> asAlice = new HashMap<>(asRoot);
    asAlice.put("AWS_ACCESS_KEY_ID", key.get("AccessKeyId").asText());
    asAlice.put("AWS_SECRET_ACCESS_KEY", key.get("SecretAccessKey").asText());
    asAlice.remove("AWS_PROFILE");
    asAlice.put("AWS_ENDPOINT_URL", processes.getLast().address().toString());
    asAlice.put("AWS_DEFAULT_REGION", "us-east-1");

    assertThat(aws(asAlice, "sts", "get-caller-identity").json().get("Arn").asText())
        .isEqualTo("arn:aws:iam::000000000001:user/alice");
    Ran denied = aws(asAlice, "iam", "list-users");
    assertThat(denied.exit()).isNotZero();
    assertThat(denied.error())
        .contains(
            "An error occurred (AccessDenied) when calling the ListUsers operation: User:"
                + " arn:aws:iam::000000000001:user/alice is not authorized to perform:"
                + " iam:ListUsers on resource: arn:aws:iam::000000000001:user/ because no"
                + " identity-based policy allows the iam:ListUsers action");

    String keyId =
        aws(asAlice, "kms", "create-key", "--description", "the first")
            .json()
            .at("/KeyMetadata/KeyId")
            .asText();
    Ran alias =
        aws(
            asAlice,
            "kms",
            "create-alias",
            "--alias-name",
            "alias/first",
            "--target-key-id",
            keyId);
    assertThat(alias.exit()).as(alias.error()).isZero();
    Path plain = Files.writeString(folder.resolve("plain"), "hello");
    String ciphertext =
        aws(
                asAlice,
                "kms",
                "encrypt",
                "--key-id",
                "alias/first",
                "--plaintext",
                "fileb://" + plain,
                "--encryption-context",
                "purpose=readme")
            .json()
            .get("CiphertextBlob")
            .asText();
    assertThat(ciphertext).startsWith("AQICAH");
    Path blob = folder.resolve("blob");
    Files.write(blob, java.util.Base64.getDecoder().decode(ciphertext));
    assertThat(
            aws(
                    asAlice,
                    "kms",
                    "decrypt",
                    "--ciphertext-blob",
                    "fileb://" + blob,
                    "--encryption-context",
                    "purpose=readme")
                .json()
                .get("Plaintext")
                .asText())
        .isEqualTo("aGVsbG8=");
    Ran wrong = aws(asAlice, "kms", "decrypt", "--ciphertext-blob", "fileb://" + blob);
    assertThat(wrong.error()).contains("(InvalidCiphertextException)");

    JsonNode events =
        aws(
                asRoot,
                "cloudtrail",
                "lookup-events",
                "--lookup-attributes",
                "AttributeKey=Username,AttributeValue=alice")
            .json()
            .get("Events");
    List<String> names = new ArrayList<>();
    events.forEach(event -> names.add(0, event.get("EventName").asText()));
    assertThat(names)
        .containsExactly(
            "GetCallerIdentity",
            "ListUsers",
            "CreateKey",
            "CreateAlias",
            "Encrypt",
            "Decrypt",
            "Decrypt");
  }

  @Test
  void whatIsNotServedSaysSo() throws Exception {
    Ran refused =
        aws(
            asRoot,
            "iam",
            "generate-organizations-access-report",
            "--entity-path",
            "o-a1b2c3d4e5/r-f6g7h8i9j0example");
    assertThat(refused.exit()).isNotZero();
    assertThat(refused.error()).contains("NotImplemented", "GenerateOrganizationsAccessReport");
  }
}
