package dev.sekisho.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.ServiceException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyReferenceTest {

  private static final String ID = "134f2428-cec1-4b25-a1ae-9048164dba47";

  @TempDir private Path folder;
  private KmsFixture fixture;

  @BeforeEach
  void open() {
    fixture = new KmsFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {ID, "mrk-5f1a79e5b4d14c0f8a7b9f4f2a5d3c61"})
  void anIdIsAKeyOfTheCaller(String id) {
    assertThat(KeyReference.parse(id, fixture.call("")))
        .isEqualTo(new KeyReference.ByName(new KeyName(KmsFixture.ACCOUNT, "us-east-1", id)));
  }

  @Test
  void anArnIsAKeyOfItsOwnAccount() {
    KeyName name = new KeyName(KmsFixture.STRANGER, "us-east-1", ID);

    assertThat(name.arn()).isEqualTo("arn:aws:kms:us-east-1:444455556666:key/" + ID);
    assertThat(KeyReference.parse(name.arn(), fixture.call("")))
        .isEqualTo(new KeyReference.ByName(name));
  }

  @Test
  void anAliasIsFoundByNameAndByArn() {
    AliasName alias = new AliasName(KmsFixture.ACCOUNT, "us-east-1", "alias/a/b");

    assertThat(KeyReference.parse("alias/a/b", fixture.call("")))
        .isEqualTo(new KeyReference.ByAlias(alias));
    assertThat(KeyReference.parse(alias.arn(), fixture.call("")))
        .isEqualTo(new KeyReference.ByAlias(alias));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fake-key-id | Invalid keyId 'fake-key-id'",
        "134f2428cec14b25a1ae9048164dba47 | Invalid keyId '134f2428cec14b25a1ae9048164dba47'",
        "134F2428-cec1-4b25-a1ae-9048164dba47 |"
            + " Invalid keyId '134F2428-cec1-4b25-a1ae-9048164dba47'",
        "134f2428-cec1-4b25-a1ae-9048164dba4- |"
            + " Invalid keyId '134f2428-cec1-4b25-a1ae-9048164dba4-'",
        "mrk-fake-key-id | Invalid keyId 'mrk-fake-key-id'",
        "arn:aws:kms:eu-west-1:111122223333:key/134f2428-cec1-4b25-a1ae-9048164dba47 |"
            + " Invalid arn eu-west-1",
        "arn:aws:kms:us-east-1:111122223333:key/nothing |"
            + " Invalid arn arn:aws:kms:us-east-1:111122223333:key/nothing",
        "arn:aws:kms:us-east-1:1:key/134f2428-cec1-4b25-a1ae-9048164dba47 |"
            + " Invalid arn arn:aws:kms:us-east-1:1:key/134f2428-cec1-4b25-a1ae-9048164dba47",
        "arn:aws:s3:::bucket | Invalid arn arn:aws:s3:::bucket",
        "arn: | Invalid arn arn:",
      })
  void anythingElseIsNotFound(String keyId, String message) {
    assertThatThrownBy(() -> KeyReference.parse(keyId, fixture.call("")))
        .isInstanceOfSatisfying(
            ServiceException.class,
            error -> assertThat(error.code()).isEqualTo("NotFoundException"))
        .hasMessage(message);
  }
}
