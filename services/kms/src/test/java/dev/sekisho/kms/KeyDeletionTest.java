package dev.sekisho.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.contract.kms.CancelKeyDeletionRequest;
import dev.sekisho.contract.kms.CreateAliasRequest;
import dev.sekisho.contract.kms.CreateGrantRequest;
import dev.sekisho.contract.kms.CreateKeyRequest;
import dev.sekisho.contract.kms.DecryptRequest;
import dev.sekisho.contract.kms.DescribeKeyRequest;
import dev.sekisho.contract.kms.EncryptRequest;
import dev.sekisho.contract.kms.GrantConstraints;
import dev.sekisho.contract.kms.KeyMetadata;
import dev.sekisho.contract.kms.ListKeysRequest;
import dev.sekisho.contract.kms.ScheduleKeyDeletionRequest;
import dev.sekisho.contract.kms.Tag;
import dev.sekisho.core.Blob;
import dev.sekisho.core.ServiceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key whose waiting period is over is gone, with everything that was its own. */
class KeyDeletionTest {

  private static final List<String> TABLES =
      List.of("kms_key", "kms_material", "kms_alias", "kms_tag", "kms_grant", "kms_grant_context");

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

  @Test
  void theSweepTakesAwayWhatIsDueAndNothingElse() {
    KeyMetadata stays = fixture.create();
    KeyMetadata goes = fullKey();
    KeyMetadata later = fixture.create();
    schedule(goes, 7);
    schedule(later, 8);

    fixture.advance(Duration.ofDays(7).minusMillis(1));
    assertThat(fixture.kms().keyDeletion().sweep(fixture.now())).isZero();
    fixture.advance(Duration.ofMillis(1));
    assertThat(fixture.kms().keyDeletion().sweep(fixture.now())).isEqualTo(1);

    assertThat(ids()).containsExactlyInAnyOrder(stays.keyId(), later.keyId());
    assertThat(fixture.rows("kms_key")).isEqualTo(2);
    assertThat(fixture.rows("kms_material")).isEqualTo(2);
    assertThat(fixture.rows("kms_alias")).isZero();
    assertThat(fixture.rows("kms_tag")).isZero();
  }

  @Test
  void whoTouchesADueKeyFindsNoneAndItsRowsAreGone() {
    KeyMetadata key = fullKey();
    Blob sealed = encrypt(key.keyId());
    schedule(key, 7);
    fixture.advance(Duration.ofDays(7));

    // Listing alone does not show it, though nobody has swept yet.
    assertThat(fixture.rows("kms_key")).isEqualTo(1);
    assertThat(ids()).isEmpty();
    assertThatThrownBy(() -> describe(key.keyId()))
        .isInstanceOfSatisfying(
            ServiceException.class,
            error -> assertThat(error.code()).isEqualTo("NotFoundException"))
        .hasMessage("Key '" + key.arn() + "' does not exist");

    assertThat(TABLES).allSatisfy(table -> assertThat(fixture.rows(table)).isZero());
    assertThatThrownBy(() -> decrypt(sealed))
        .isInstanceOfSatisfying(
            ServiceException.class,
            error -> assertThat(error.code()).isEqualTo("AccessDeniedException"));
  }

  @Test
  void aDueKeyIsNotOpenedByItsCiphertextEither() {
    KeyMetadata key = fixture.create();
    Blob sealed = encrypt(key.keyId());
    assertThat(decrypt(sealed)).isEqualTo(new byte[] {1, 2, 3});
    schedule(key, 7);
    fixture.advance(Duration.ofDays(7));

    assertThatThrownBy(() -> decrypt(sealed))
        .hasMessageStartingWith("The ciphertext refers to a customer master key");
    assertThat(fixture.rows("kms_material")).isZero();
  }

  @Test
  void anAliasOfADueKeyLeadsNowhere() {
    KeyMetadata key = fullKey();
    schedule(key, 7);
    fixture.advance(Duration.ofDays(8));

    assertThatThrownBy(() -> describe("alias/gone"))
        .hasMessage("Key '" + key.arn() + "' does not exist");
    assertThatThrownBy(() -> describe("alias/gone"))
        .hasMessage("Alias arn:aws:kms:us-east-1:111122223333:alias/gone is not found.");
  }

  @Test
  void cancellingInTimeKeepsTheKey() {
    KeyMetadata key = fixture.create();
    schedule(key, 7);
    fixture.run(
        fixture.kms()::cancelKeyDeletion,
        CancelKeyDeletionRequest.builder().keyId(key.keyId()).build());
    fixture.advance(Duration.ofDays(30));

    assertThat(fixture.kms().keyDeletion().sweep(fixture.now())).isZero();
    assertThat(describe(key.keyId()).keyState()).isEqualTo("Disabled");
    assertThat(describe(key.keyId()).deletionDate()).isNull();
  }

  @Test
  void aDueKeyCannotBeSavedAnyMore() {
    KeyMetadata key = fixture.create();
    schedule(key, 7);
    fixture.advance(Duration.ofDays(7));

    assertThatThrownBy(() ->
            fixture.run(
                fixture.kms()::cancelKeyDeletion,
                CancelKeyDeletionRequest.builder().keyId(key.keyId()).build()))
        .hasMessage("Key '" + key.arn() + "' does not exist");
  }

  @Test
  void manyDueKeysGoInOneSweep() {
    for (int i = 0; i < 250; i++) {
      schedule(fixture.create(), 7);
    }
    fixture.advance(Duration.ofDays(7));

    assertThat(fixture.kms().keyDeletion().sweep(fixture.now())).isEqualTo(250);
    assertThat(fixture.rows("kms_material")).isZero();
  }

  private KeyMetadata fullKey() {
    KeyMetadata key =
        fixture.create(
            CreateKeyRequest.builder()
                .tags(List.of(Tag.builder().tagKey("a").tagValue("b").build()))
                .build());
    fixture.run(
        fixture.kms()::createAlias,
        CreateAliasRequest.builder().aliasName("alias/gone").targetKeyId(key.keyId()).build());
    fixture.run(
        fixture.kms()::createGrant,
        CreateGrantRequest.builder()
            .keyId(key.keyId())
            .granteePrincipal("arn:aws:iam::111122223333:user/alice")
            .operations(List.of("Encrypt"))
            .constraints(
                GrantConstraints.builder().encryptionContextEquals(Map.of("a", "b")).build())
            .build());
    return key;
  }

  private void schedule(KeyMetadata key, int days) {
    fixture.run(
        fixture.kms()::scheduleKeyDeletion,
        ScheduleKeyDeletionRequest.builder().keyId(key.keyId()).pendingWindowInDays(days).build());
  }

  private KeyMetadata describe(String keyId) {
    return Objects.requireNonNull(
        fixture
            .run(fixture.kms()::describeKey, DescribeKeyRequest.builder().keyId(keyId).build())
            .keyMetadata());
  }

  private List<String> ids() {
    return Objects.requireNonNull(
            fixture.run(fixture.kms()::listKeys, ListKeysRequest.builder().build()).keys())
        .stream()
        .map(entry -> String.valueOf(entry.keyId()))
        .toList();
  }

  private Blob encrypt(String keyId) {
    return Objects.requireNonNull(
        fixture
            .run(
                fixture.kms()::encrypt,
                EncryptRequest.builder()
                    .keyId(keyId)
                    .plaintext(Blob.of(new byte[] {1, 2, 3}))
                    .build())
            .ciphertextBlob());
  }

  private byte[] decrypt(Blob sealed) {
    return Objects.requireNonNull(
            fixture
                .run(
                    fixture.kms()::decrypt, DecryptRequest.builder().ciphertextBlob(sealed).build())
                .plaintext())
        .bytes();
  }
}
