package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AlreadyExistsException;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.ImportType;
import software.amazon.awssdk.services.kms.model.IncorrectKeyMaterialException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.MultiRegionConfiguration;
import software.amazon.awssdk.services.kms.model.MultiRegionKey;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.ReplicateKeyResponse;
import software.amazon.awssdk.services.kms.model.RotationsListEntry;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.UnsupportedOperationException;

/** Multi-Region keys through the real port, with AWS's own clients in two Regions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KmsMultiRegionTest {

  private static final SdkBytes SECRET = SdkBytes.fromUtf8String("secret");
  private static final String HOME = "us-east-1";
  private static final String AWAY = "eu-west-1";

  private SekishoInstance sekisho;
  private KmsClient home;
  private KmsClient away;
  private String key;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    home = sekisho.client(KmsClient.builder());
    away = sekisho.client(KmsClient.builder(), Region.EU_WEST_1);
  }

  @AfterAll
  void stop() {
    home.close();
    away.close();
    sekisho.close();
  }

  @BeforeEach
  void createPrimary() {
    key = home.createKey(b -> b.multiRegion(true)).keyMetadata().keyId();
  }

  @Test
  void aPrimaryStandsAloneAtFirst() {
    KeyMetadata primary = describe(home);
    assertThat(primary.keyId()).matches("mrk-[0-9a-f]{32}");
    assertThat(primary.multiRegion()).isTrue();
    assertThat(primary.keyStateAsString()).isEqualTo("Enabled");
    MultiRegionConfiguration configuration = primary.multiRegionConfiguration();
    assertThat(configuration.multiRegionKeyTypeAsString()).isEqualTo("PRIMARY");
    assertThat(configuration.primaryKey().arn()).isEqualTo(primary.arn());
    assertThat(configuration.primaryKey().region()).isEqualTo(HOME);
    assertThat(configuration.replicaKeys()).isEmpty();
    assertThatThrownBy(() -> describe(away)).isInstanceOf(NotFoundException.class);
  }

  @Test
  void aReplicaIsAnnouncedAndThenThere() {
    ReplicateKeyResponse made =
        home.replicateKey(b -> b.keyId(key).replicaRegion(AWAY).description("there"));
    KeyMetadata announced = made.replicaKeyMetadata();
    assertThat(announced.arn()).isEqualTo("arn:aws:kms:eu-west-1:000000000001:key/" + key);
    assertThat(announced.keyStateAsString()).isEqualTo("Creating");
    assertThat(announced.enabled()).isFalse();
    assertThat(announced.currentKeyMaterialId()).isNull();
    assertThat(announced.multiRegionConfiguration().multiRegionKeyTypeAsString())
        .isEqualTo("REPLICA");
    assertThat(announced.multiRegionConfiguration().replicaKeys())
        .extracting(MultiRegionKey::region)
        .containsExactly(AWAY);
    assertThat(made.replicaPolicy()).contains("key-default-1");

    KeyMetadata replica = describe(away);
    assertThat(replica.keyStateAsString()).isEqualTo("Enabled");
    assertThat(replica.description()).isEqualTo("there");
    assertThat(replica.currentKeyMaterialId()).isEqualTo(describe(home).currentKeyMaterialId());
    assertThat(replica.multiRegionConfiguration().primaryKey().region()).isEqualTo(HOME);
    assertThat(describe(home).multiRegionConfiguration().replicaKeys())
        .extracting(MultiRegionKey::arn)
        .containsExactly(replica.arn());
  }

  @Test
  void whatOneRegionEncryptsTheOtherDecrypts() {
    SdkBytes before = encrypt(home);
    home.rotateKeyOnDemand(b -> b.keyId(key));
    replicate();

    assertThat(decrypt(away, before)).isEqualTo(SECRET);
    assertThat(decrypt(away, encrypt(home))).isEqualTo(SECRET);
    assertThat(decrypt(home, encrypt(away))).isEqualTo(SECRET);
  }

  @Test
  void keyPairsAndMacKeysAreTheSameEverywhere() {
    for (String[] kind :
        List.of(
            new String[] {"ECC_NIST_P256", "SIGN_VERIFY"},
            new String[] {"HMAC_256", "GENERATE_VERIFY_MAC"})) {
      key =
          home.createKey(b -> b.multiRegion(true).keySpec(kind[0]).keyUsage(kind[1]))
              .keyMetadata()
              .keyId();
      replicate();
      if (kind[0].startsWith("ECC")) {
        SdkBytes signature =
            home.sign(b -> b.keyId(key).message(SECRET).signingAlgorithm("ECDSA_SHA_256"))
                .signature();
        assertThat(
                away.verify(b ->
                        b.keyId(key)
                            .message(SECRET)
                            .signature(signature)
                            .signingAlgorithm("ECDSA_SHA_256"))
                    .signatureValid())
            .isTrue();
        assertThat(away.getPublicKey(b -> b.keyId(key)).publicKey())
            .isEqualTo(home.getPublicKey(b -> b.keyId(key)).publicKey());
      } else {
        assertThat(away.generateMac(b -> b.keyId(key).message(SECRET).macAlgorithm("HMAC_SHA_256")))
            .extracting(answer -> answer.mac())
            .isEqualTo(
                home.generateMac(b -> b.keyId(key).message(SECRET).macAlgorithm("HMAC_SHA_256"))
                    .mac());
      }
    }
  }

  @Test
  void eachRegionHasItsOwnStatePolicyAliasesAndTags() {
    replicate();
    away.disableKey(b -> b.keyId(key));
    away.createAlias(b -> b.aliasName("alias/away-only").targetKeyId(key));

    assertThat(describe(home).enabled()).isTrue();
    assertThatThrownBy(() -> encrypt(away)).isInstanceOf(DisabledException.class);
    encrypt(home);
    assertThat(home.listAliases(b -> b.keyId(key)).aliases()).isEmpty();
    assertThat(away.listAliases(b -> b.keyId(key)).aliases()).hasSize(1);
  }

  @Test
  void rotationIsThePrimarysAndReachesTheReplicas() {
    replicate();
    home.enableKeyRotation(b -> b.keyId(key).rotationPeriodInDays(100));
    assertThat(away.getKeyRotationStatus(b -> b.keyId(key)).rotationPeriodInDays()).isEqualTo(100);
    SdkBytes old = encrypt(away);
    home.rotateKeyOnDemand(b -> b.keyId(key));

    assertThat(describe(away).currentKeyMaterialId())
        .isEqualTo(describe(home).currentKeyMaterialId());
    assertThat(away.listKeyRotations(b -> b.keyId(key)).rotations()).hasSize(1);
    assertThat(decrypt(home, old)).isEqualTo(SECRET);
    List<Runnable> calls =
        List.of(
            () -> away.enableKeyRotation(b -> b.keyId(key)),
            () -> away.disableKeyRotation(b -> b.keyId(key)),
            () -> away.rotateKeyOnDemand(b -> b.keyId(key)),
            () -> away.replicateKey(b -> b.keyId(key).replicaRegion("us-west-2")),
            () -> away.updatePrimaryRegion(b -> b.keyId(key).primaryRegion(AWAY)));
    assertThat(calls)
        .allSatisfy(call ->
            assertThatThrownBy(call::run)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("is not a multi-region primary key."));
  }

  @Test
  void aScheduledRotationReachesAReplicaThatIsAskedFirst(@TempDir Path own) {
    try (SekishoInstance later = SekishoInstance.start(own);
        KmsClient first = later.client(KmsClient.builder());
        KmsClient second = later.client(KmsClient.builder(), Region.EU_WEST_1)) {
      String id = first.createKey(b -> b.multiRegion(true)).keyMetadata().keyId();
      first.replicateKey(b -> b.keyId(id).replicaRegion(AWAY));
      first.enableKeyRotation(b -> b.keyId(id).rotationPeriodInDays(90));
      String before = second.describeKey(b -> b.keyId(id)).keyMetadata().currentKeyMaterialId();
      later.clock().advance(Duration.ofDays(91));

      String after = second.describeKey(b -> b.keyId(id)).keyMetadata().currentKeyMaterialId();
      assertThat(after).isNotEqualTo(before);
      assertThat(first.describeKey(b -> b.keyId(id)).keyMetadata().currentKeyMaterialId())
          .isEqualTo(after);
    }
  }

  @Test
  void theRolesCanBeSwapped() {
    replicate();
    home.updatePrimaryRegion(b -> b.keyId(key).primaryRegion(AWAY));

    assertThat(describe(away).multiRegionConfiguration().multiRegionKeyTypeAsString())
        .isEqualTo("PRIMARY");
    assertThat(describe(home).multiRegionConfiguration().multiRegionKeyTypeAsString())
        .isEqualTo("REPLICA");
    assertThat(describe(home).multiRegionConfiguration().replicaKeys())
        .extracting(MultiRegionKey::region)
        .containsExactly(HOME);
    away.rotateKeyOnDemand(b -> b.keyId(key));
    assertThatThrownBy(() -> home.rotateKeyOnDemand(b -> b.keyId(key)))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(decrypt(home, encrypt(away))).isEqualTo(SECRET);
  }

  @Test
  void aRegionHasOneReplicaAndOnlyMultiRegionKeysHaveAny() {
    replicate();
    assertThatThrownBy(this::replicate).isInstanceOf(AlreadyExistsException.class);
    assertThatThrownBy(() -> home.replicateKey(b -> b.keyId(key).replicaRegion(HOME)))
        .isInstanceOf(AlreadyExistsException.class);
    String single = home.createKey().keyMetadata().keyId();
    assertThatThrownBy(() -> home.replicateKey(b -> b.keyId(single).replicaRegion(AWAY)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("is not a multi-region primary key.");
    assertThatThrownBy(() -> home.updatePrimaryRegion(b -> b.keyId(key).primaryRegion("us-west-2")))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void aPrimaryWaitsForItsReplicasToGo(@TempDir Path own) {
    try (SekishoInstance later = SekishoInstance.start(own);
        KmsClient first = later.client(KmsClient.builder());
        KmsClient second = later.client(KmsClient.builder(), Region.EU_WEST_1)) {
      String id = first.createKey(b -> b.multiRegion(true)).keyMetadata().keyId();
      first.replicateKey(b -> b.keyId(id).replicaRegion(AWAY));
      ScheduleKeyDeletionResponse scheduled =
          first.scheduleKeyDeletion(b -> b.keyId(id).pendingWindowInDays(10));
      assertThat(scheduled.keyStateAsString()).isEqualTo("PendingReplicaDeletion");
      assertThat(scheduled.deletionDate()).isNull();
      KeyMetadata waiting = first.describeKey(b -> b.keyId(id)).keyMetadata();
      assertThat(waiting.pendingDeletionWindowInDays()).isEqualTo(10);
      assertThatThrownBy(() -> first.encrypt(b -> b.keyId(id).plaintext(SECRET)))
          .isInstanceOf(KmsInvalidStateException.class);

      later.clock().advance(Duration.ofDays(100));
      assertThat(first.describeKey(b -> b.keyId(id)).keyMetadata().keyStateAsString())
          .isEqualTo("PendingReplicaDeletion");
      second.scheduleKeyDeletion(b -> b.keyId(id).pendingWindowInDays(7));
      later.clock().advance(Duration.ofDays(7).plusMinutes(1));
      assertThatThrownBy(() -> second.describeKey(b -> b.keyId(id)))
          .isInstanceOf(NotFoundException.class);

      KeyMetadata last = first.describeKey(b -> b.keyId(id)).keyMetadata();
      assertThat(last.keyStateAsString()).isEqualTo("PendingDeletion");
      assertThat(Duration.between(later.clock().instant(), last.deletionDate()))
          .isBetween(Duration.ofDays(10).minusMinutes(5), Duration.ofDays(10));
      later.clock().advance(Duration.ofDays(10));
      assertThatThrownBy(() -> first.describeKey(b -> b.keyId(id)))
          .isInstanceOf(NotFoundException.class);
    }
  }

  @Test
  void aPrimarysDeletionCanBeCancelledWhileItWaits() {
    replicate();
    home.scheduleKeyDeletion(b -> b.keyId(key));
    home.cancelKeyDeletion(b -> b.keyId(key));
    assertThat(describe(home).keyStateAsString()).isEqualTo("Disabled");
    assertThat(describe(home).pendingDeletionWindowInDays()).isNull();
    assertThat(describe(away).keyStateAsString()).isEqualTo("Enabled");
  }

  @Test
  void importedMaterialMustBeBroughtToEveryRegion() {
    key = home.createKey(b -> b.multiRegion(true).origin("EXTERNAL")).keyMetadata().keyId();
    byte[] material = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    String id = WrappedMaterial.bring(home, key, material).keyMaterialId();
    replicate();
    assertThat(describe(away).keyStateAsString()).isEqualTo("PendingImport");
    assertThatThrownBy(() -> WrappedMaterial.bring(away, key, new byte[32]))
        .isInstanceOf(IncorrectKeyMaterialException.class);
    assertThat(WrappedMaterial.bring(away, key, material).keyMaterialId()).isEqualTo(id);
    assertThat(decrypt(away, encrypt(home))).isEqualTo(SECRET);

    byte[] next = "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> bringNew(away, next))
        .isInstanceOf(UnsupportedOperationException.class);
    String second = bringNew(home, next);
    assertThat(states(home)).containsExactly("CURRENT", "PENDING_MULTI_REGION_IMPORT_AND_ROTATION");
    assertThatThrownBy(() -> home.rotateKeyOnDemand(b -> b.keyId(key)))
        .isInstanceOf(KmsInvalidStateException.class);
    WrappedMaterial.bring(away, key, next);
    assertThat(states(home)).containsExactly("CURRENT", "PENDING_ROTATION");
    home.rotateKeyOnDemand(b -> b.keyId(key));

    assertThat(describe(away).currentKeyMaterialId()).isEqualTo(second);
    assertThat(describe(away).keyStateAsString()).isEqualTo("Enabled");
    assertThat(decrypt(home, encrypt(away))).isEqualTo(SECRET);
  }

  @Test
  void aReplicasPolicyIsChecked() {
    assertThatThrownBy(() -> home.replicateKey(b -> b.keyId(key).replicaRegion(AWAY).policy("{}")))
        .isInstanceOf(KmsException.class);
    assertThatThrownBy(() -> describe(away)).isInstanceOf(NotFoundException.class);
  }

  private static String bringNew(KmsClient client, String key, byte[] material) {
    return WrappedMaterial.bring(
            client,
            key,
            material,
            "RSAES_OAEP_SHA_256",
            "RSA_2048",
            b ->
                b.importType(ImportType.NEW_KEY_MATERIAL)
                    .expirationModel("KEY_MATERIAL_DOES_NOT_EXPIRE"))
        .keyMaterialId();
  }

  private String bringNew(KmsClient client, byte[] material) {
    return bringNew(client, key, material);
  }

  private List<String> states(KmsClient client) {
    return client
        .listKeyRotations(b -> b.keyId(key).includeKeyMaterial("ALL_KEY_MATERIAL"))
        .rotations()
        .stream()
        .map(RotationsListEntry::keyMaterialStateAsString)
        .toList();
  }

  private void replicate() {
    home.replicateKey(b -> b.keyId(key).replicaRegion(AWAY));
  }

  private KeyMetadata describe(KmsClient client) {
    return client.describeKey(b -> b.keyId(key)).keyMetadata();
  }

  private SdkBytes encrypt(KmsClient client) {
    return client.encrypt(b -> b.keyId(key).plaintext(SECRET)).ciphertextBlob();
  }

  private static SdkBytes decrypt(KmsClient client, SdkBytes sealed) {
    return client.decrypt(b -> b.ciphertextBlob(sealed)).plaintext();
  }
}
