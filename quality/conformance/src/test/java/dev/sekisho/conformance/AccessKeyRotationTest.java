package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sekisho.server.RotationOptions;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import software.amazon.awssdk.services.sts.StsClient;

/** The built-in function for access keys, and whose rights such functions have. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessKeyRotationTest {

  private static final String FUNCTION = "SekishoAccessKeyRotation";

  private RotatingSekisho sekisho;
  private IamClient iam;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = new RotatingSekisho(folder, RotationOptions.NONE);
    iam = sekisho.instance().client(IamClient.builder());
  }

  @AfterAll
  void stop() {
    iam.close();
    sekisho.close();
  }

  private AccessKey user(String name) {
    iam.createUser(r -> r.userName(name));
    return iam.createAccessKey(r -> r.userName(name)).accessKey();
  }

  private void keep(String name, AccessKey key) {
    sekisho.keep(
        name,
        Map.of(
            "UserName", key.userName(),
            "AccessKeyId", key.accessKeyId(),
            "SecretAccessKey", key.secretAccessKey()));
  }

  private String caller(JsonNode key) {
    try (StsClient sts =
        sekisho
            .instance()
            .client(
                StsClient.builder(),
                AwsBasicCredentials.create(
                    key.get("AccessKeyId").asText(), key.get("SecretAccessKey").asText()))) {
      return sts.getCallerIdentity().arn();
    }
  }

  @Test
  void theKeyBeforeIsGoodUntilTheNextRotation() {
    keep("key", user("deployer"));
    JsonNode first = sekisho.value("key");

    sekisho.rotate("key", FUNCTION);
    JsonNode second = sekisho.value("key");
    assertThat(caller(first)).isEqualTo(caller(second)).endsWith(":user/deployer");

    sekisho.rotate("key", FUNCTION);
    assertThat(caller(second)).isEqualTo(caller(sekisho.value("key")));
    assertThatThrownBy(() -> caller(first)).hasMessageContaining("security token");
    assertThat(iam.listAccessKeys(r -> r.userName("deployer")).accessKeyMetadata()).hasSize(2);
  }

  @Test
  void aKeyThatSomebodyElseUsesIsNotTaken() {
    AccessKey kept = user("shared");
    keep("shared", kept);
    AccessKey other = iam.createAccessKey(r -> r.userName("shared")).accessKey();
    keep("other", other);
    caller(sekisho.value("other"));

    assertThat(sekisho.failure("shared", FUNCTION)).contains("in use, " + other.accessKeyId());
    assertThat(iam.listAccessKeys(r -> r.userName("shared")).accessKeyMetadata()).hasSize(2);
  }

  @Test
  void aKeyThatNobodyUsedMakesRoom() {
    keep("alone", user("alone"));
    iam.createAccessKey(r -> r.userName("alone"));

    sekisho.rotate("alone", FUNCTION);

    assertThat(caller(sekisho.value("alone"))).endsWith(":user/alone");
  }

  @Test
  void theRoleDecidesWhatAFunctionMayDo() {
    keep("denied", user("denied"));
    iam.putRolePolicy(r ->
        r.roleName(RotatingSekisho.ROLE)
            .policyName("not-this")
            .policyDocument(
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Deny",
                 "Action":"iam:CreateAccessKey",
                 "Resource":"arn:aws:iam::000000000001:user/denied"}]}\
                """));

    assertThat(sekisho.failure("denied", FUNCTION))
        .contains("CreateAccessKey: AccessDenied")
        .contains("assumed-role/rotation/" + FUNCTION);
  }

  @Test
  void aFunctionThatIsNotThereIsRefused() {
    keep("none", user("none"));

    assertThatThrownBy(() -> sekisho.rotate("none", "SekishoNoSuchRotation"))
        .isInstanceOf(SecretsManagerException.class)
        .hasMessageContaining("cannot invoke the specified Lambda function");
  }
}
