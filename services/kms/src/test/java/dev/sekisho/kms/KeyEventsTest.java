package dev.sekisho.kms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.kms.EnableKeyRotationRequest;
import dev.sekisho.contract.kms.KeyMetadata;
import dev.sekisho.contract.kms.RotateKeyOnDemandRequest;
import dev.sekisho.contract.kms.ScheduleKeyDeletionRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What KMS does to keys by itself leaves events that name no caller. */
class KeyEventsTest {

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
  void aDeletedKeyLeavesOneEventAndACancelledDeletionNone() {
    KeyMetadata goes = fixture.create();
    KeyMetadata stays = fixture.create();
    fixture.run(
        fixture.kms()::scheduleKeyDeletion,
        ScheduleKeyDeletionRequest.builder().keyId(goes.keyId()).pendingWindowInDays(7).build());
    fixture.kms().sweep(fixture.now());
    assertThat(fixture.records("DeleteKey")).isEmpty();

    fixture.advance(Duration.ofDays(7));
    fixture.kms().sweep(fixture.now());
    fixture.kms().sweep(fixture.now());

    List<String> records = fixture.records("DeleteKey");
    assertThat(records).hasSize(1);
    assertThat(records.getFirst())
        .contains("\"eventType\":\"AwsServiceEvent\"")
        .contains("\"invokedBy\":\"AWS Internal\"")
        .contains("\"eventTime\":\"2026-01-09T03:04:05Z\"")
        .contains("\"ARN\":\"" + goes.arn() + "\"")
        .contains("\"serviceEventDetails\":{\"keyId\":\"" + goes.keyId() + "\"}")
        .doesNotContain(stays.keyId());
  }

  @Test
  void eachRotationLeavesAnEventWithBothMaterials() {
    KeyMetadata key = fixture.create();
    fixture.run(
        fixture.kms()::enableKeyRotation,
        EnableKeyRotationRequest.builder().keyId(key.keyId()).rotationPeriodInDays(90).build());
    fixture.run(
        fixture.kms()::rotateKeyOnDemand,
        RotateKeyOnDemandRequest.builder().keyId(key.keyId()).build());
    fixture.advance(Duration.ofDays(181));
    fixture.kms().sweep(fixture.now());

    List<String> records = fixture.records("RotateKey").reversed();
    assertThat(records).hasSize(3);
    assertThat(records.getFirst())
        .contains("\"rotationType\":\"ON_DEMAND\"")
        .contains("\"previousKeyMaterialId\":\"" + key.currentKeyMaterialId() + "\"");
    assertThat(records.subList(1, 3))
        .allSatisfy(record -> assertThat(record).contains("\"rotationType\":\"AUTOMATIC\""));
    for (int i = 1; i < 3; i++) {
      assertThat(detail(records.get(i), "previousKeyMaterialId"))
          .isEqualTo(detail(records.get(i - 1), "currentKeyMaterialId"));
    }
  }

  private static String detail(String record, String name) {
    String start = "\"" + name + "\":\"";
    int from = record.indexOf(start) + start.length();
    return record.substring(from, record.indexOf('"', from));
  }
}
