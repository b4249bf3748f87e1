package dev.sekisho.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.contract.kms.DecryptRequest;
import dev.sekisho.contract.kms.DescribeKeyRequest;
import dev.sekisho.contract.kms.DisableKeyRequest;
import dev.sekisho.contract.kms.EnableKeyRequest;
import dev.sekisho.contract.kms.EnableKeyRotationRequest;
import dev.sekisho.contract.kms.EncryptRequest;
import dev.sekisho.contract.kms.GetKeyRotationStatusRequest;
import dev.sekisho.contract.kms.GetKeyRotationStatusResponse;
import dev.sekisho.contract.kms.KeyMetadata;
import dev.sekisho.contract.kms.ListKeyRotationsRequest;
import dev.sekisho.contract.kms.RotateKeyOnDemandRequest;
import dev.sekisho.contract.kms.RotationsListEntry;
import dev.sekisho.core.Blob;
import dev.sekisho.core.ServiceException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time passes: keys get new material when it has come, and open what the old one sealed. */
class KeyRotationTest {

  @TempDir private Path folder;
  private KmsFixture fixture;
  private KeyMetadata key;

  @BeforeEach
  void createKey() {
    fixture = new KmsFixture(folder);
    key = fixture.create();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aKeyRotatesWhenItsTimeHasComeWhoeverAsks() {
    Instant start = fixture.now();
    enable(90);
    Blob old = encrypt();
    String first = material();

    fixture.advance(Duration.ofDays(90).minusMillis(1));
    assertThat(material()).isEqualTo(first);
    fixture.advance(Duration.ofMillis(1));
    assertThat(material()).isNotEqualTo(first);

    assertThat(decrypt(old)).isEqualTo(new byte[] {9});
    assertThat(decrypt(encrypt())).isEqualTo(new byte[] {9});
    assertThat(rotations("ROTATIONS_ONLY"))
        .singleElement()
        .satisfies(rotation -> {
          assertThat(rotation.rotationType()).isEqualTo("AUTOMATIC");
          assertThat(rotation.rotationDate()).isEqualTo(start.plus(Duration.ofDays(90)));
          assertThat(rotation.keyMaterialId()).isEqualTo(material());
          assertThat(rotation.keyMaterialState()).isEqualTo("CURRENT");
        });
    assertThat(status().nextRotationDate()).isEqualTo(start.plus(Duration.ofDays(180)));
  }

  @Test
  void theSweepRotatesKeysThatNobodyUses() {
    enable(90);
    fixture.create();
    fixture.advance(Duration.ofDays(91));

    assertThat(fixture.kms().dueRotations().sweep(fixture.now())).isEqualTo(1);
    assertThat(fixture.kms().dueRotations().sweep(fixture.now())).isZero();
    assertThat(rotations("ROTATIONS_ONLY")).hasSize(1);
  }

  @Test
  void missedTimesAreMadeUpForEachAtItsOwn() {
    Instant start = fixture.now();
    List<Blob> sealed = new ArrayList<>();
    enable(365);
    sealed.add(encrypt());
    fixture.advance(Duration.ofDays(3 * 365 + 10));
    sealed.add(encrypt());

    assertThat(rotations("ROTATIONS_ONLY"))
        .extracting(RotationsListEntry::rotationDate)
        .containsExactly(
            start.plus(Duration.ofDays(365)),
            start.plus(Duration.ofDays(730)),
            start.plus(Duration.ofDays(1_095)));
    assertThat(sealed).allSatisfy(each -> assertThat(decrypt(each)).isEqualTo(new byte[] {9}));
    assertThat(fixture.rows("kms_material")).isEqualTo(4);
  }

  @Test
  void aClockMovedByAgesDoesNotFillTheStore() {
    enable(90);
    fixture.advance(Duration.ofDays(365_000));
    encrypt();

    assertThat(fixture.rows("kms_material")).isEqualTo(101);
    assertThat(status().nextRotationDate()).isEqualTo(fixture.now().plus(Duration.ofDays(90)));
  }

  @Test
  void aDisabledKeyWaitsUntilItIsEnabled() {
    enable(90);
    String first = material();
    fixture.run(fixture.kms()::disableKey, DisableKeyRequest.builder().keyId(key.keyId()).build());
    fixture.advance(Duration.ofDays(100));

    assertThat(fixture.kms().dueRotations().sweep(fixture.now())).isZero();
    assertThat(material()).isEqualTo(first);
    fixture.run(fixture.kms()::enableKey, EnableKeyRequest.builder().keyId(key.keyId()).build());
    assertThat(material()).isNotEqualTo(first);
  }

  @Test
  void onDemandLeavesTheScheduleAlone() {
    Instant start = fixture.now();
    enable(90);
    fixture.advance(Duration.ofDays(10));
    rotate();

    assertThat(status().nextRotationDate()).isEqualTo(start.plus(Duration.ofDays(90)));
    assertThat(rotations("ROTATIONS_ONLY"))
        .extracting(RotationsListEntry::rotationType)
        .containsExactly("ON_DEMAND");
  }

  @Test
  void onDemandIsNotForMomentsAfterTheSchedule() {
    enable(90);
    fixture.advance(Duration.ofDays(90).plusMinutes(19));
    encrypt();
    assertThatThrownBy(this::rotate)
        .isInstanceOfSatisfying(
            ServiceException.class,
            error -> assertThat(error.code()).isEqualTo("ConflictException"));
    fixture.advance(Duration.ofMinutes(2));
    rotate();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 25})
  void everyOlderMaterialStillOpens(int times) {
    List<Blob> sealed = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      sealed.add(encrypt());
      rotate();
    }
    assertThat(sealed).allSatisfy(each -> assertThat(decrypt(each)).isEqualTo(new byte[] {9}));
    assertThat(rotations("ALL_KEY_MATERIAL")).hasSize(times + 1);
    assertThat(rotations("ALL_KEY_MATERIAL").getFirst().rotationDate()).isNull();
    assertThat(rotations("ALL_KEY_MATERIAL"))
        .filteredOn(each -> "CURRENT".equals(each.keyMaterialState()))
        .extracting(RotationsListEntry::keyMaterialId)
        .containsExactly(material());
  }

  @Test
  void twentyFiveTimesOnDemandIsAll() {
    for (int i = 0; i < 25; i++) {
      rotate();
    }
    assertThatThrownBy(this::rotate)
        .isInstanceOfSatisfying(
            ServiceException.class,
            error -> assertThat(error.code()).isEqualTo("LimitExceededException"));
    assertThat(fixture.rows("kms_material")).isEqualTo(26);
  }

  private void enable(int days) {
    fixture.run(
        fixture.kms()::enableKeyRotation,
        EnableKeyRotationRequest.builder().keyId(key.keyId()).rotationPeriodInDays(days).build());
  }

  private void rotate() {
    fixture.run(
        fixture.kms()::rotateKeyOnDemand,
        RotateKeyOnDemandRequest.builder().keyId(key.keyId()).build());
  }

  private GetKeyRotationStatusResponse status() {
    return fixture.run(
        fixture.kms()::getKeyRotationStatus,
        GetKeyRotationStatusRequest.builder().keyId(key.keyId()).build());
  }

  private List<RotationsListEntry> rotations(String which) {
    return Objects.requireNonNull(
        fixture
            .run(
                fixture.kms()::listKeyRotations,
                ListKeyRotationsRequest.builder()
                    .keyId(key.keyId())
                    .includeKeyMaterial(which)
                    .build())
            .rotations());
  }

  private String material() {
    KeyMetadata now =
        Objects.requireNonNull(
            fixture
                .run(
                    fixture.kms()::describeKey,
                    DescribeKeyRequest.builder().keyId(key.keyId()).build())
                .keyMetadata());
    return String.valueOf(now.currentKeyMaterialId());
  }

  private Blob encrypt() {
    return Objects.requireNonNull(
        fixture
            .run(
                fixture.kms()::encrypt,
                EncryptRequest.builder()
                    .keyId(key.keyId())
                    .plaintext(Blob.of(new byte[] {9}))
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
