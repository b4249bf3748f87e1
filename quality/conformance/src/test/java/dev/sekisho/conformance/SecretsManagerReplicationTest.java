package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ReplicaRegionType;
import software.amazon.awssdk.services.secretsmanager.model.ReplicationStatusType;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.StatusType;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** Secrets that are kept in several Regions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsManagerReplicationTest {

  private static final String ELSEWHERE = "eu-west-1";

  private SekishoInstance sekisho;
  private SecretsManagerClient here;
  private SecretsManagerClient there;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    here = sekisho.client(SecretsManagerClient.builder());
    there = sekisho.client(SecretsManagerClient.builder(), Region.of(ELSEWHERE));
  }

  @AfterAll
  void stop() {
    there.close();
    here.close();
    sekisho.close();
  }

  private static ReplicaRegionType to(String region, String key) {
    return ReplicaRegionType.builder().region(region).kmsKeyId(key).build();
  }

  private static String value(SecretsManagerClient client, String id) {
    return client.getSecretValue(r -> r.secretId(id)).secretString();
  }

  private static void refused(String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aReplicaFollowsItsPrimary() {
    String arn =
        here.createSecret(r ->
                r.name("followed")
                    .secretString("one")
                    .description("d")
                    .tags(Tag.builder().key("k").value("v").build())
                    .addReplicaRegions(to(ELSEWHERE, null)))
            .arn();
    String replica = arn.replace("us-east-1", ELSEWHERE);

    assertThat(value(there, replica)).isEqualTo("one");
    here.putSecretValue(r -> r.secretId("followed").secretString("two"));
    here.updateSecret(r -> r.secretId("followed").description("e"));
    here.tagResource(r -> r.secretId("followed").tags(Tag.builder().key("l").value("w").build()));

    assertThat(value(there, "followed")).isEqualTo("two");
    assertThat(
            there
                .getSecretValue(r -> r.secretId("followed").versionStage("AWSPREVIOUS"))
                .secretString())
        .isEqualTo("one");
    var described = there.describeSecret(r -> r.secretId("followed"));
    assertThat(described.arn()).isEqualTo(replica);
    assertThat(described.primaryRegion()).isEqualTo("us-east-1");
    assertThat(described.description()).isEqualTo("e");
    assertThat(described.tags()).hasSize(2);
    assertThat(described.versionIdsToStages())
        .isEqualTo(here.describeSecret(r -> r.secretId("followed")).versionIdsToStages());
  }

  @Test
  void aReplicaIsOnlyRead() {
    here.createSecret(r -> r.name("read").secretString("v").addReplicaRegions(to(ELSEWHERE, null)));
    String message = "Operation not permitted on a replica secret.";
    refused(message, () -> there.putSecretValue(r -> r.secretId("read").secretString("w")));
    refused(message, () -> there.updateSecret(r -> r.secretId("read").description("w")));
    refused(message, () -> there.deleteSecret(r -> r.secretId("read")));
    refused(
        message,
        () -> there.deleteSecret(r -> r.secretId("read").forceDeleteWithoutRecovery(true)));
    refused(
        "that still has replica regions [" + ELSEWHERE + "]",
        () -> here.deleteSecret(r -> r.secretId("read")));
    assertThat(value(there, "read")).isEqualTo("v");
  }

  @Test
  void aReplicaHasAKeyOfItsOwnRegion() {
    try (KmsClient kms = sekisho.client(KmsClient.builder(), Region.of(ELSEWHERE))) {
      String key = kms.createKey(r -> {}).keyMetadata().arn();
      here.createSecret(r -> r.name("keys").secretString("v"));
      here.replicateSecretToRegions(r -> r.secretId("keys").addReplicaRegions(to(ELSEWHERE, key)));
      assertThat(there.listSecretVersionIds(r -> r.secretId("keys")).versions())
          .allSatisfy(version -> assertThat(version.kmsKeyIds()).containsExactly(key));

      kms.disableKey(r -> r.keyId(key));
      here.putSecretValue(r -> r.secretId("keys").secretString("w"));
      assertThat(value(here, "keys")).isEqualTo("w");
      assertThat(status("keys").status()).isEqualTo(StatusType.FAILED);
      assertThat(status("keys").statusMessage()).isNotEmpty();
      kms.enableKey(r -> r.keyId(key));
      here.replicateSecretToRegions(r -> r.secretId("keys").addReplicaRegions(to(ELSEWHERE, key)));
      assertThat(status("keys").status()).isEqualTo(StatusType.IN_SYNC);
      assertThat(value(there, "keys")).isEqualTo("w");
    }
  }

  private ReplicationStatusType status(String id) {
    return here.describeSecret(r -> r.secretId(id)).replicationStatus().getFirst();
  }

  @Test
  void aNameThatIsTakenStaysUnlessForced() {
    there.createSecret(r -> r.name("taken").secretString("theirs"));
    here.createSecret(
        r -> r.name("taken").secretString("ours").addReplicaRegions(to(ELSEWHERE, null)));
    assertThat(status("taken").status()).isEqualTo(StatusType.FAILED);
    assertThat(status("taken").statusMessage())
        .isEqualTo("Replication failed: Secret name taken already exists in region eu-west-1.");
    assertThat(value(there, "taken")).isEqualTo("theirs");

    here.replicateSecretToRegions(r ->
        r.secretId("taken")
            .addReplicaRegions(to(ELSEWHERE, null))
            .forceOverwriteReplicaSecret(true));
    assertThat(value(there, "taken")).isEqualTo("ours");
  }

  @Test
  void aReplicaIsPromotedOrRemoved() {
    here.createSecret(
        r -> r.name("promoted").secretString("v").addReplicaRegions(to(ELSEWHERE, null)));
    there.stopReplicationToReplica(r -> r.secretId("promoted"));
    there.putSecretValue(r -> r.secretId("promoted").secretString("own"));
    assertThat(value(there, "promoted")).isEqualTo("own");
    assertThat(value(here, "promoted")).isEqualTo("v");
    assertThat(here.describeSecret(r -> r.secretId("promoted")).replicationStatus()).isEmpty();
    refused("not a replica", () -> there.stopReplicationToReplica(r -> r.secretId("promoted")));

    here.createSecret(
        r -> r.name("removed").secretString("v").addReplicaRegions(to(ELSEWHERE, null)));
    assertThat(
            here.removeRegionsFromReplication(
                    r -> r.secretId("removed").removeReplicaRegions(ELSEWHERE))
                .replicationStatus())
        .isEmpty();
    assertThatThrownBy(() -> value(there, "removed")).isInstanceOf(ResourceNotFoundException.class);
    here.deleteSecret(r -> r.secretId("removed"));
  }

  @Test
  void regionsAreThoseThatThereAre() {
    here.createSecret(r -> r.name("regions").secretString("v"));
    for (String region : List.of("us-east-1", "xx-nowhere-1")) {
      assertThatThrownBy(() ->
              here.replicateSecretToRegions(
                  r -> r.secretId("regions").addReplicaRegions(to(region, null))))
          .isInstanceOf(InvalidParameterException.class);
    }
  }
}
