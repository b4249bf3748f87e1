package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.AlreadyExistsException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.LimitExceededException;
import software.amazon.awssdk.services.kms.model.ListAliasesResponse;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** Aliases through the real port, with AWS's own client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KmsAliasesTest {

  private static final String ARN = "arn:aws:kms:us-east-1:000000000001:";

  private SekishoInstance sekisho;
  private KmsClient kms;
  private String one;
  private String two;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    kms = sekisho.client(KmsClient.builder());
    one = kms.createKey().keyMetadata().keyId();
    two = kms.createKey().keyMetadata().keyId();
  }

  @AfterEach
  void removeAliases() {
    kms.listAliasesPaginator().aliases().stream()
        .filter(alias -> !alias.aliasName().startsWith("alias/aws/"))
        .toList()
        .forEach(alias -> kms.deleteAlias(b -> b.aliasName(alias.aliasName())));
  }

  @AfterAll
  void stop() {
    kms.close();
    sekisho.close();
  }

  @Test
  void anAliasIsMadeMovedAndTakenAway() {
    create("alias/app", one);
    assertThat(keyOf("alias/app")).isEqualTo(one);

    kms.updateAlias(b -> b.aliasName("alias/app").targetKeyId(two));
    assertThat(keyOf("alias/app")).isEqualTo(two);

    kms.deleteAlias(b -> b.aliasName("alias/app"));
    String missing = "Alias " + ARN + "alias/app is not found.";
    List<Runnable> calls =
        List.of(
            () -> keyOf("alias/app"),
            () -> keyOf(ARN + "alias/app"),
            () -> kms.deleteAlias(b -> b.aliasName("alias/app")),
            () -> kms.updateAlias(b -> b.aliasName("alias/app").targetKeyId(one)));
    assertThat(calls)
        .allSatisfy(call ->
            assertThatThrownBy(call::run)
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining(missing));
  }

  @Test
  void aNameIsTakenOnce() {
    create("alias/app", one);
    assertThatThrownBy(() -> create("alias/app", two))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessageContaining("An alias with the name " + ARN + "alias/app already exists");
    assertThat(keyOf("alias/app")).isEqualTo(one);
    // Names are told apart by case.
    create("alias/App", two);
    assertThat(keyOf("alias/App")).isEqualTo(two);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app | ValidationException | Alias must start with the prefix",
        "alias/ | InvalidAliasNameException | Invalid identifier",
        "alias/a:b | ValidationException | contains invalid characters for an alias",
        "alias/aws/mine | NotAuthorizedException | ''",
        "alias/a b | ValidationException | Member must satisfy regular expression pattern",
      })
  void aNameHasItsForm(String name, String code, String message) {
    assertThatThrownBy(() -> create(name, one))
        .isInstanceOfSatisfying(
            KmsException.class,
            error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  @Test
  void anAliasStandsForAKeyNotForAnAlias() {
    create("alias/app", one);
    assertThatThrownBy(() -> create("alias/other", "alias/app"))
        .isInstanceOf(KmsException.class)
        .hasMessageContaining("Aliases must refer to keys. Not aliases");
  }

  @Test
  void aKeyHasFiftyAliasesAtMost() {
    IntStream.range(0, 50).forEach(i -> create("alias/n" + i, one));
    assertThatThrownBy(() -> create("alias/n50", one)).isInstanceOf(LimitExceededException.class);
    create("alias/n50", two);
    assertThatThrownBy(() -> kms.updateAlias(b -> b.aliasName("alias/n50").targetKeyId(one)))
        .isInstanceOf(LimitExceededException.class);
    kms.updateAlias(b -> b.aliasName("alias/n49").targetKeyId(one));
  }

  @Test
  void aliasesAreListedInPagesAllOrOfOneKey() {
    IntStream.range(0, 5).forEach(i -> create("alias/one" + i, one));
    IntStream.range(0, 4).forEach(i -> create("alias/two" + i, two));

    ListAliasesResponse first = kms.listAliases(b -> b.limit(4));
    assertThat(first.truncated()).isTrue();
    assertThat(first.aliases())
        .extracting(AliasListEntry::aliasName)
        .containsExactly(
            "alias/aws/dynamodb", "alias/aws/ebs", "alias/aws/elasticfilesystem", "alias/aws/es");
    assertThat(first.aliases()).extracting(AliasListEntry::targetKeyId).containsOnlyNulls();
    assertThat(
            kms.listAliasesPaginator(b -> b.limit(2)).aliases().stream()
                .map(AliasListEntry::aliasName)
                .filter(name -> !name.startsWith("alias/aws/")))
        .containsExactly(
            "alias/one0",
            "alias/one1",
            "alias/one2",
            "alias/one3",
            "alias/one4",
            "alias/two0",
            "alias/two1",
            "alias/two2",
            "alias/two3");

    ListAliasesResponse ofTwo = kms.listAliases(b -> b.keyId(two));
    assertThat(ofTwo.truncated()).isFalse();
    assertThat(ofTwo.aliases())
        .hasSize(4)
        .allSatisfy(alias -> {
          assertThat(alias.targetKeyId()).isEqualTo(two);
          assertThat(alias.aliasArn()).isEqualTo(ARN + alias.aliasName());
          assertThat(alias.creationDate()).isNotNull().isEqualTo(alias.lastUpdatedDate());
        });
    String marker = kms.listAliases(b -> b.keyId(two).limit(1)).nextMarker();
    assertThatThrownBy(() -> kms.listAliases(b -> b.keyId(one).marker(marker)))
        .isInstanceOf(KmsException.class)
        .extracting(error -> ((KmsException) error).awsErrorDetails().errorCode())
        .isEqualTo("InvalidMarkerException");
  }

  private void create(String alias, String key) {
    kms.createAlias(b -> b.aliasName(alias).targetKeyId(key));
  }

  private String keyOf(String alias) {
    return kms.describeKey(b -> b.keyId(alias)).keyMetadata().keyId();
  }
}
