package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GetKeyRotationStatusResponse;
import software.amazon.awssdk.services.kms.model.ImportType;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.ListKeyRotationsResponse;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;
import software.amazon.awssdk.services.kms.model.RotationsListEntry;
import software.amazon.awssdk.services.kms.model.UnsupportedOperationException;

/** Rotation of keys through the real port, with AWS's own client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KmsRotationTest {

  private static final SdkBytes SECRET = SdkBytes.fromUtf8String("secret");

  private SekishoInstance sekisho;
  private KmsClient kms;
  private String key;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    kms = sekisho.client(KmsClient.builder());
  }

  @AfterAll
  void stop() {
    kms.close();
    sekisho.close();
  }

  @BeforeEach
  void createKey() {
    key = kms.createKey().keyMetadata().keyId();
  }

  @Test
  void aNewKeyDoesNotRotateOfItself() {
    GetKeyRotationStatusResponse status = kms.getKeyRotationStatus(b -> b.keyId(key));
    assertThat(status.keyRotationEnabled()).isFalse();
    assertThat(status.keyId()).isEqualTo(key);
    assertThat(status.rotationPeriodInDays()).isNull();
    assertThat(status.nextRotationDate()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {90, 180, 2_560})
  void aScheduleHasItsPeriod(int days) {
    kms.enableKeyRotation(b -> b.keyId(key).rotationPeriodInDays(days));
    GetKeyRotationStatusResponse status = kms.getKeyRotationStatus(b -> b.keyId(key));

    assertThat(status.keyRotationEnabled()).isTrue();
    assertThat(status.rotationPeriodInDays()).isEqualTo(days);
    assertThat(Duration.between(sekisho.clock().instant(), status.nextRotationDate()))
        .isBetween(Duration.ofDays(days).minusMinutes(1), Duration.ofDays(days));
    kms.disableKeyRotation(b -> b.keyId(key));
    assertThat(kms.getKeyRotationStatus(b -> b.keyId(key)).keyRotationEnabled()).isFalse();
  }

  @Test
  void theUsualPeriodIsAYear() {
    kms.enableKeyRotation(b -> b.keyId(key));
    assertThat(kms.getKeyRotationStatus(b -> b.keyId(key)).rotationPeriodInDays()).isEqualTo(365);
    kms.enableKeyRotation(b -> b.keyId(key).rotationPeriodInDays(100));
    assertThat(kms.getKeyRotationStatus(b -> b.keyId(key)).rotationPeriodInDays()).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 89, 2_561})
  void aPeriodHasItsLimits(int days) {
    assertThatThrownBy(() -> kms.enableKeyRotation(b -> b.keyId(key).rotationPeriodInDays(days)))
        .isInstanceOf(KmsException.class)
        .hasMessageContaining("at 'rotationPeriodInDays' failed to satisfy constraint");
  }

  @Test
  void onDemandTheMaterialChangesAndTheKeyStays() {
    SdkBytes before = encrypt();
    String first = material();
    String arn = kms.describeKey(b -> b.keyId(key)).keyMetadata().arn();

    assertThat(kms.rotateKeyOnDemand(b -> b.keyId(key)).keyId()).isEqualTo(arn);
    String second = material();
    assertThat(second).isNotEqualTo(first);

    DecryptResponse old = kms.decrypt(b -> b.ciphertextBlob(before));
    assertThat(old.plaintext()).isEqualTo(SECRET);
    assertThat(old.keyMaterialId()).isEqualTo(first);
    assertThat(kms.decrypt(b -> b.ciphertextBlob(encrypt())).keyMaterialId()).isEqualTo(second);
    assertThat(kms.generateDataKey(b -> b.keyId(key).keySpec("AES_256")).keyMaterialId())
        .isEqualTo(second);
    ReEncryptResponse moved = kms.reEncrypt(b -> b.ciphertextBlob(before).destinationKeyId(key));
    assertThat(moved.sourceKeyMaterialId()).isEqualTo(first);
    assertThat(moved.destinationKeyMaterialId()).isEqualTo(second);
    assertThat(kms.getKeyRotationStatus(b -> b.keyId(key)).keyRotationEnabled()).isFalse();
  }

  @Test
  void theHistoryIsListedInPages() {
    for (int i = 0; i < 5; i++) {
      kms.rotateKeyOnDemand(b -> b.keyId(key));
    }
    ListKeyRotationsResponse page = kms.listKeyRotations(b -> b.keyId(key).limit(2));
    assertThat(page.truncated()).isTrue();
    assertThat(page.rotations())
        .hasSize(2)
        .allSatisfy(each -> {
          assertThat(each.keyId()).isEqualTo(key);
          assertThat(each.rotationTypeAsString()).isEqualTo("ON_DEMAND");
          assertThat(each.rotationDate()).isNotNull();
        });
    List<RotationsListEntry> all =
        kms.listKeyRotationsPaginator(b -> b.keyId(key).limit(2)).rotations().stream().toList();
    assertThat(all).hasSize(5);
    assertThat(Set.copyOf(all)).hasSize(5);
    assertThat(
            kms.listKeyRotations(b -> b.keyId(key).includeKeyMaterial("ALL_KEY_MATERIAL"))
                .rotations())
        .hasSize(6);
  }

  @Test
  void aKeyThatIsToGoRotatesNoMore() {
    kms.enableKeyRotation(b -> b.keyId(key));
    kms.scheduleKeyDeletion(b -> b.keyId(key));
    assertThat(kms.getKeyRotationStatus(b -> b.keyId(key)).keyRotationEnabled()).isFalse();
    List<Runnable> calls =
        List.of(
            () -> kms.enableKeyRotation(b -> b.keyId(key)),
            () -> kms.disableKeyRotation(b -> b.keyId(key)),
            () -> kms.rotateKeyOnDemand(b -> b.keyId(key)));
    assertThat(calls)
        .allSatisfy(call ->
            assertThatThrownBy(call::run)
                .isInstanceOf(KmsInvalidStateException.class)
                .hasMessageContaining("is pending deletion."));
    kms.cancelKeyDeletion(b -> b.keyId(key));
    assertThat(kms.getKeyRotationStatus(b -> b.keyId(key)).keyRotationEnabled()).isTrue();
  }

  @Test
  void onlySymmetricEncryptionKeysRotate() {
    String mac =
        kms.createKey(b -> b.keySpec("HMAC_256").keyUsage("GENERATE_VERIFY_MAC"))
            .keyMetadata()
            .keyId();
    List<Runnable> calls =
        List.of(
            () -> kms.enableKeyRotation(b -> b.keyId(mac)),
            () -> kms.disableKeyRotation(b -> b.keyId(mac)),
            () -> kms.rotateKeyOnDemand(b -> b.keyId(mac)),
            () -> kms.listKeyRotations(b -> b.keyId(mac)));
    assertThat(calls)
        .allSatisfy(call ->
            assertThatThrownBy(call::run).isInstanceOf(UnsupportedOperationException.class));
  }

  @Test
  void importedKeysRotateToMaterialThatWasBroughtForIt() {
    key = kms.createKey(b -> b.origin("EXTERNAL")).keyMetadata().keyId();
    byte[] oldMaterial = new byte[32];
    String first = WrappedMaterial.bring(kms, key, oldMaterial).keyMaterialId();
    SdkBytes old = encrypt();
    assertThatThrownBy(() -> kms.rotateKeyOnDemand(b -> b.keyId(key)))
        .isInstanceOf(KmsInvalidStateException.class)
        .hasMessageContaining("No available key material pending rotation for the key:");
    assertThatThrownBy(() -> kms.enableKeyRotation(b -> b.keyId(key)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("origin is EXTERNAL which is not valid for this operation.");

    byte[] newMaterial = new byte[32];
    newMaterial[0] = 1;
    String second = bringNew(newMaterial);
    assertThat(states())
        .containsExactly(tuple("CURRENT", "IMPORTED"), tuple("PENDING_ROTATION", "IMPORTED"));
    kms.rotateKeyOnDemand(b -> b.keyId(key));

    assertThat(material()).isEqualTo(second).isNotEqualTo(first);
    assertThat(states())
        .containsExactly(tuple("NON_CURRENT", "IMPORTED"), tuple("CURRENT", "IMPORTED"));
    assertThat(kms.decrypt(b -> b.ciphertextBlob(old)).keyMaterialId()).isEqualTo(first);

    // Without the old material the key is not whole.
    kms.deleteImportedKeyMaterial(b -> b.keyId(key).keyMaterialId(first));
    assertThat(states())
        .containsExactly(tuple("NON_CURRENT", "PENDING_IMPORT"), tuple("CURRENT", "IMPORTED"));
    assertThatThrownBy(this::encrypt).isInstanceOf(KmsInvalidStateException.class);
    WrappedMaterial.bring(kms, key, oldMaterial);
    assertThat(kms.decrypt(b -> b.ciphertextBlob(old)).plaintext()).isEqualTo(SECRET);
  }

  private String bringNew(byte[] material) {
    return WrappedMaterial.bring(
            kms,
            key,
            material,
            "RSAES_OAEP_SHA_256",
            "RSA_2048",
            b ->
                b.importType(ImportType.NEW_KEY_MATERIAL)
                    .expirationModel("KEY_MATERIAL_DOES_NOT_EXPIRE"))
        .keyMaterialId();
  }

  private List<Tuple> states() {
    return kms
        .listKeyRotations(b -> b.keyId(key).includeKeyMaterial("ALL_KEY_MATERIAL"))
        .rotations()
        .stream()
        .map(each -> tuple(each.keyMaterialStateAsString(), each.importStateAsString()))
        .toList();
  }

  private SdkBytes encrypt() {
    return kms.encrypt(b -> b.keyId(key).plaintext(SECRET)).ciphertextBlob();
  }

  private String material() {
    return kms.describeKey(b -> b.keyId(key)).keyMetadata().currentKeyMaterialId();
  }
}
