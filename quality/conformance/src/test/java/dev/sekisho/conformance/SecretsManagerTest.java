package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import software.amazon.awssdk.services.secretsmanager.model.SortOrderType;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** Secrets, their versions and their lists through AWS's client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsManagerTest {

  private static final String PLANTED = "planted-value-that-nobody-may-find-0123456789";

  private Path folder;
  private SekishoInstance sekisho;
  private SecretsManagerClient secrets;

  @BeforeAll
  void start(@TempDir Path empty) {
    folder = empty;
    sekisho = SekishoInstance.start(empty);
    secrets = sekisho.client(SecretsManagerClient.builder());
  }

  @AfterAll
  void stop() {
    secrets.close();
    sekisho.close();
  }

  private CreateSecretResponse create(String name, String value) {
    return secrets.createSecret(r -> r.name(name).secretString(value));
  }

  private String value(String id) {
    return secrets.getSecretValue(r -> r.secretId(id)).secretString();
  }

  private static void refuses(
      Class<? extends SecretsManagerException> kind, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            kind,
            refusal -> {
              assertThat(refusal.statusCode()).isEqualTo(400);
              assertThat(refusal.awsErrorDetails().errorMessage()).contains(message);
            });
  }

  @Test
  void aSecretIsFoundByNameAndByItsArnWithAndWithoutItsEnd() {
    CreateSecretResponse made = create("found/by", "value");

    assertThat(made.arn())
        .matches("arn:aws:secretsmanager:us-east-1:000000000001:secret:found/by-[A-Za-z0-9]{6}");
    assertThat(value("found/by")).isEqualTo("value");
    assertThat(value(made.arn())).isEqualTo("value");
    assertThat(value(made.arn().substring(0, made.arn().length() - 7))).isEqualTo("value");
    String noSecret = "Secrets Manager can't find the specified secret.";
    refuses(ResourceNotFoundException.class, noSecret, () -> value("found"));
    refuses(
        ResourceNotFoundException.class,
        noSecret,
        () -> value(made.arn().replace("us-east-1", "eu-west-1")));
    refuses(InvalidParameterException.class, "", () -> value("arn:aws:s3:::bucket"));
  }

  @Test
  void bytesComeBackAsBytes() {
    byte[] bytes = {0, 1, (byte) 0xff};
    secrets.createSecret(r -> r.name("bytes").secretBinary(SdkBytes.fromByteArray(bytes)));

    GetSecretValueResponse read = secrets.getSecretValue(r -> r.secretId("bytes"));

    assertThat(read.secretBinary().asByteArray()).isEqualTo(bytes);
    assertThat(read.secretString()).isNull();
  }

  @Test
  void aNewValueIsCurrentAndTheOldOnePrevious() {
    String first = create("versions", "one").versionId();
    PutSecretValueResponse second =
        secrets.putSecretValue(r -> r.secretId("versions").secretString("two"));

    assertThat(second.versionStages()).containsExactly("AWSCURRENT");
    assertThat(value("versions")).isEqualTo("two");
    assertThat(previous("versions")).isEqualTo("one");
    assertThat(secrets.getSecretValue(r -> r.secretId("versions").versionId(first)).versionStages())
        .containsExactly("AWSPREVIOUS");
    refuses(
        InvalidRequestException.class,
        "You provided a VersionStage that is not associated to the provided VersionId.",
        () ->
            secrets.getSecretValue(
                r -> r.secretId("versions").versionId(first).versionStage("AWSCURRENT")));
    refuses(
        ResourceNotFoundException.class,
        "Secrets Manager can't find the specified secret value for staging label: AWSPENDING",
        () -> secrets.getSecretValue(r -> r.secretId("versions").versionStage("AWSPENDING")));
    secrets.putSecretValue(r -> r.secretId("versions").secretString("three"));
    assertThat(previous("versions")).isEqualTo("two");
    assertThat(versions("versions", false)).hasSize(2);
    assertThat(versions("versions", true)).hasSize(3);
  }

  private String previous(String id) {
    return secrets.getSecretValue(r -> r.secretId(id).versionStage("AWSPREVIOUS")).secretString();
  }

  private List<SecretVersionsListEntry> versions(String id, boolean deprecated) {
    List<SecretVersionsListEntry> all = new ArrayList<>();
    secrets
        .listSecretVersionIdsPaginator(
            r -> r.secretId(id).includeDeprecated(deprecated).maxResults(1))
        .forEach(page -> all.addAll(page.versions()));
    return all;
  }

  @Test
  void theSameTokenWithTheSameValueIsTheSameCall() {
    String token = UUID.randomUUID().toString();
    CreateSecretResponse made =
        secrets.createSecret(r -> r.name("token").clientRequestToken(token).secretString("v"));
    assertThat(made.versionId()).isEqualTo(token);
    assertThat(
            secrets
                .createSecret(r -> r.name("token").clientRequestToken(token).secretString("v"))
                .arn())
        .isEqualTo(made.arn());
    refuses(
        ResourceExistsException.class,
        "The operation failed because the secret token already exists.",
        () ->
            secrets.createSecret(
                r -> r.name("token").clientRequestToken(token).secretString("other")));

    String next = UUID.randomUUID().toString();
    for (int i = 0; i < 2; i++) {
      secrets.putSecretValue(r -> r.secretId("token").clientRequestToken(next).secretString("two"));
    }
    assertThat(previous("token")).isEqualTo("v");
    refuses(
        ResourceExistsException.class,
        next,
        () ->
            secrets.putSecretValue(
                r -> r.secretId("token").clientRequestToken(next).secretString("other")));
    refuses(
        ResourceExistsException.class,
        next,
        () ->
            secrets.updateSecret(
                r -> r.secretId("token").clientRequestToken(next).secretString("other")));
  }

  @Test
  void aSecretWithoutAValueHasNoneToRead() {
    assertThat(secrets.createSecret(r -> r.name("empty")).versionId()).isNull();
    refuses(
        ResourceNotFoundException.class,
        "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
        () -> value("empty"));
    refuses(
        InvalidRequestException.class,
        "You must provide either SecretString or SecretBinary.",
        () -> secrets.putSecretValue(r -> r.secretId("empty")));
    PutSecretValueResponse first =
        secrets.putSecretValue(r -> r.secretId("empty").secretString("v").versionStages("blue"));
    assertThat(first.versionStages()).containsExactly("AWSCURRENT", "blue");
  }

  @Test
  void labelsMoveFromVersionToVersion() {
    String first = create("labels", "one").versionId();
    String second =
        secrets
            .putSecretValue(
                r -> r.secretId("labels").secretString("two").versionStages("AWSPENDING"))
            .versionId();
    assertThat(value("labels")).isEqualTo("one");

    refuses(
        InvalidParameterException.class,
        "The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is currently"
            + " attached to version "
            + first,
        () -> move("AWSCURRENT", null, second));
    move("AWSCURRENT", first, second);
    assertThat(value("labels")).isEqualTo("two");
    assertThat(previous("labels")).isEqualTo("one");
    refuses(
        InvalidParameterException.class,
        "You can only move staging label AWSCURRENT to a different secret version.",
        () -> move("AWSCURRENT", second, null));
    move("AWSPENDING", second, null);
    assertThat(secrets.describeSecret(r -> r.secretId("labels")).versionIdsToStages().get(second))
        .containsExactly("AWSCURRENT");
    refuses(
        ResourceNotFoundException.class,
        "VersionId",
        () -> move("blue", null, UUID.randomUUID().toString()));
  }

  private void move(String label, String from, String to) {
    secrets.updateSecretVersionStage(r ->
        r.secretId("labels").versionStage(label).removeFromVersionId(from).moveToVersionId(to));
  }

  @Test
  void whatIsSaidOfASecretChangesWithoutANewVersion() {
    secrets.createSecret(r ->
        r.name("said")
            .description("before")
            .secretString("v")
            .tags(tag("env", "test"), tag("team", "a")));
    secrets.updateSecret(r -> r.secretId("said").description("after"));
    secrets.tagResource(r -> r.secretId("said").tags(tag("team", "b"), tag("more", "")));
    secrets.untagResource(r -> r.secretId("said").tagKeys("env"));

    DescribeSecretResponse said = secrets.describeSecret(r -> r.secretId("said"));

    assertThat(said.description()).isEqualTo("after");
    assertThat(said.tags()).containsExactlyInAnyOrder(tag("team", "b"), tag("more", ""));
    assertThat(said.versionIdsToStages()).hasSize(1);
    assertThat(said.kmsKeyId()).isNull();
    assertThat(said.createdDate()).isBeforeOrEqualTo(said.lastChangedDate());
    assertThat(versions("said", true).getFirst().kmsKeyIds())
        .containsExactly("DefaultEncryptionKey");
    refuses(
        InvalidParameterException.class,
        "",
        () -> secrets.tagResource(r -> r.secretId("said").tags(tag("aws:x", "y"))));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  void aDeletedSecretKeepsItsNameUntilItIsGone() {
    create("deleted", "v");
    secrets.deleteSecret(r -> r.secretId("deleted").recoveryWindowInDays(7L));

    String pending =
        "You can't perform this operation on the secret because it was marked for deletion.";
    refuses(InvalidRequestException.class, pending, () -> value("deleted"));
    refuses(
        InvalidRequestException.class,
        pending,
        () -> secrets.putSecretValue(r -> r.secretId("deleted").secretString("w")));
    refuses(
        InvalidRequestException.class,
        "a secret with this name is already scheduled for deletion",
        () -> create("deleted", "w"));
    assertThat(secrets.describeSecret(r -> r.secretId("deleted")).deletedDate()).isNotNull();
    assertThat(names(r -> r)).doesNotContain("deleted");
    assertThat(names(r -> r.includePlannedDeletion(true))).contains("deleted");

    secrets.restoreSecret(r -> r.secretId("deleted"));
    assertThat(value("deleted")).isEqualTo("v");

    secrets.deleteSecret(r -> r.secretId("deleted").forceDeleteWithoutRecovery(true));
    refuses(ResourceNotFoundException.class, "", () -> value("deleted"));
    // So that a call whose answer was lost can be sent again.
    secrets.deleteSecret(r -> r.secretId("deleted").forceDeleteWithoutRecovery(true));
    assertThat(create("deleted", "again").arn()).isNotNull();
    refuses(
        InvalidParameterException.class,
        "in conjunction with RecoveryWindowInDays",
        () ->
            secrets.deleteSecret(r ->
                r.secretId("deleted").recoveryWindowInDays(7L).forceDeleteWithoutRecovery(true)));
    refuses(
        InvalidParameterException.class,
        "between 7 and 30 days",
        () -> secrets.deleteSecret(r -> r.secretId("deleted").recoveryWindowInDays(6L)));
  }

  private List<String> names(
      java.util.function.UnaryOperator<
              software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest.Builder>
          change) {
    List<String> names = new ArrayList<>();
    secrets
        .listSecretsPaginator(r -> change.apply(r).maxResults(2))
        .forEach(page -> page.secretList().stream().map(SecretListEntry::name).forEach(names::add));
    return names;
  }

  @Test
  void listsAreFilteredAndInOrder() {
    secrets.createSecret(
        r -> r.name("list/a").description("Orders database").tags(tag("stage", "blue")));
    secrets.createSecret(r -> r.name("list/b").description("cache"));
    secrets.createSecret(r -> r.name("list/c").tags(tag("colour", "blue")));

    assertThat(filtered(FilterNameStringType.NAME, "list/"))
        .containsExactly("list/a", "list/b", "list/c");
    assertThat(filtered(FilterNameStringType.DESCRIPTION, "orders")).containsExactly("list/a");
    assertThat(filtered(FilterNameStringType.TAG_KEY, "colo")).containsExactly("list/c");
    assertThat(filtered(FilterNameStringType.TAG_VALUE, "blue"))
        .containsExactly("list/a", "list/c");
    assertThat(filtered(FilterNameStringType.ALL, "database ORDERS")).containsExactly("list/a");
    assertThat(filtered(FilterNameStringType.OWNING_SERVICE, "rds")).isEmpty();
    assertThat(
            names(r ->
                r.filters(
                    filter(FilterNameStringType.NAME, "list/"),
                    filter(FilterNameStringType.TAG_VALUE, "!blue"))))
        .containsExactly("list/b");
    assertThat(
            names(r ->
                r.filters(filter(FilterNameStringType.NAME, "list/"))
                    .sortOrder(SortOrderType.DESC)))
        .containsExactly("list/c", "list/b", "list/a");
    refuses(
        software.amazon.awssdk.services.secretsmanager.model.InvalidNextTokenException.class,
        "",
        () -> secrets.listSecrets(r -> r.nextToken("forged")));
  }

  private List<String> filtered(FilterNameStringType key, String value) {
    return names(r -> r.filters(filter(key, value)));
  }

  private static Filter filter(FilterNameStringType key, String value) {
    return Filter.builder().key(key).values(value).build();
  }

  @Test
  void aBatchHasEachValueOrWhyNot() {
    create("batch/a", "1");
    create("batch/b", "2");

    BatchGetSecretValueResponse batch =
        secrets.batchGetSecretValue(r -> r.secretIdList("batch/a", "batch/none", "batch/b"));
    assertThat(batch.secretValues())
        .extracting(each -> each.secretString())
        .containsExactly("1", "2");
    assertThat(batch.errors())
        .singleElement()
        .satisfies(error -> {
          assertThat(error.secretId()).isEqualTo("batch/none");
          assertThat(error.errorCode()).isEqualTo("ResourceNotFoundException");
        });

    List<String> found = new ArrayList<>();
    secrets
        .batchGetSecretValuePaginator(
            r -> r.filters(filter(FilterNameStringType.NAME, "batch/")).maxResults(1))
        .forEach(page -> page.secretValues().forEach(each -> found.add(each.secretString())));
    assertThat(found).containsExactly("1", "2");
    refuses(
        InvalidParameterException.class,
        "Either 'SecretIdList' or 'Filters' must be provided",
        () -> secrets.batchGetSecretValue(r -> {}));
  }

  @Test
  void passwordsAreAsTheyAreAskedFor() {
    assertThat(secrets.getRandomPassword(r -> {}).randomPassword()).hasSize(32);
    assertThat(
            secrets
                .getRandomPassword(
                    r -> r.passwordLength(64L).excludePunctuation(true).excludeNumbers(true))
                .randomPassword())
        .matches("[A-Za-z]{64}");
  }

  @Test
  void whatIsNoSecretIsRefused() {
    refuses(InvalidParameterException.class, "Invalid name", () -> create("a b", "v"));
    refuses(
        InvalidParameterException.class,
        "both a binary secret value and a string secret value",
        () ->
            secrets.createSecret(
                r -> r.name("both").secretString("v").secretBinary(SdkBytes.fromUtf8String("v"))));
    refused(
        "EncryptionFailure",
        400,
        "Secrets Manager can't encrypt the protected secret text using the provided KMS key."
            + " Alias arn:aws:kms:us-east-1:000000000001:alias/none is not found.",
        () -> secrets.createSecret(r -> r.name("none").kmsKeyId("alias/none").secretString("v")));
    refuses(ResourceNotFoundException.class, "", () -> value("none"));
  }

  @Test
  void noValueIsOnDiskOrInAnEvent() throws Exception {
    create("planted", PLANTED);
    secrets.putSecretValue(r -> r.secretId("planted").secretString(PLANTED + "-2"));
    assertThat(value("planted")).isEqualTo(PLANTED + "-2");

    byte[] wanted = PLANTED.getBytes(StandardCharsets.UTF_8);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(content.contains(new String(wanted, StandardCharsets.ISO_8859_1)))
            .as("%s", file.getFileName())
            .isFalse();
      }
    }
  }

  @Test
  void aSecretWhoseTimeIsOverIsGone() {
    String arn = create("over", "v").arn();
    secrets.deleteSecret(r -> r.secretId("over").recoveryWindowInDays(7L));
    sekisho.clock().advance(Duration.ofDays(7));
    try {
      refuses(
          ResourceNotFoundException.class,
          "",
          () -> secrets.restoreSecret(r -> r.secretId("over")));
      assertThat(names(r -> r.includePlannedDeletion(true))).doesNotContain("over");
      assertThat(create("over", "again").arn()).isNotEqualTo(arn);
    } finally {
      sekisho.clock().advance(Duration.ofDays(-7));
    }
  }
}
