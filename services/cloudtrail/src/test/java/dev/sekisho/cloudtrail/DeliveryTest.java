package dev.sekisho.cloudtrail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.core.ObjectStore;
import dev.sekisho.crypto.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens, in whatever order: calls, refusals, lost answers, restarts, stops, starts and a
 * clock that is moved. A model says which events are the trail's.
 */
class DeliveryTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> REGIONS = List.of("us-east-1", "eu-west-1", "ap-northeast-1");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyEventOfTheTrailIsDeliveredOnce(long seed) throws IOException {
    try (TrailFixture trails = new TrailFixture(folder, seed)) {
      Random random = trails.random();
      StoredTrail trail = trails.trail(Selectors.DEFAULT);
      boolean logging = false;
      List<String> expected = new ArrayList<>();
      for (int step = 0; step < 250; step++) {
        switch (random.nextInt(10)) {
          case 0 -> {
            logging = !logging;
            trails.logging(trail, logging);
          }
          case 1 -> trails.bucket().refusals = random.nextInt(3);
          case 2 -> trails.bucket().lost = random.nextInt(2);
          case 3 -> trails.restart();
          case 4 -> trails.clock().advance(Duration.ofMinutes(random.nextInt(150) - 40));
          case 5, 6 -> {
            trails.clock().advance(Duration.ofMinutes(6));
            trails.deliver();
          }
          default -> {
            for (int i = random.nextInt(5); i >= 0; i--) {
              String id =
                  trails.append(REGIONS.get(random.nextInt(REGIONS.size())), random.nextBoolean());
              if (logging) {
                expected.add(id);
              }
            }
          }
        }
      }
      trails.bucket().refusals = 0;
      trails.bucket().lost = 0;
      for (int i = 0; i < 4; i++) {
        trails.clock().advance(Duration.ofMinutes(7));
        trails.deliver();
      }

      assertThat(trails.delivered()).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(trails.bucket().rewritten).isEmpty();
      for (String region : REGIONS) {
        requireChain(trails, region);
      }
    }
  }

  /** Every digest names the one before it, and every log file is in at most one of them. */
  private static void requireChain(TrailFixture trails, String region) throws IOException {
    List<JsonNode> digests = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (var object : trails.bucket().objects.entrySet()) {
      if (object.getKey().contains("/CloudTrail-Digest/" + region + "/")) {
        digests.add(JSON.readTree(TrailFixture.unzipped(object.getValue())));
        keys.add(object.getKey());
      }
    }
    List<String> listed = new ArrayList<>();
    int first = 0;
    for (JsonNode digest : digests) {
      JsonNode before = digest.get("previousDigestS3Object");
      if (before.isNull()) {
        first++;
      } else {
        ObjectStore.Upload previous = trails.object(before.asText());
        assertThat(previous).as(before.asText()).isNotNull();
        assertThat(digest.get("previousDigestHashValue").asText())
            .isEqualTo(
                HexFormat.of()
                    .formatHex(
                        Digests.sha256(
                            TrailFixture.unzipped(previous).getBytes(StandardCharsets.UTF_8))));
        assertThat(digest.get("previousDigestSignature").asText())
            .isEqualTo(previous.metadata().get("signature"));
      }
      digest.get("logFiles").forEach(file -> listed.add(file.get("s3Object").asText()));
    }
    assertThat(first).as("one chain of " + keys).isLessThanOrEqualTo(1);
    assertThat(listed).doesNotHaveDuplicates();
    assertThat(trails.bucket().objects.keySet()).containsAll(listed);
  }

  @Test
  void nothingIsPutBeforeTheIntervalIsOver() {
    try (TrailFixture trails = new TrailFixture(folder, 100)) {
      StoredTrail trail = trails.trail(Selectors.DEFAULT);
      trails.logging(trail, true);
      trails.append("us-east-1", false);

      trails.clock().advance(Duration.ofMinutes(4));
      trails.deliver();
      assertThat(trails.delivered()).isEmpty();

      trails.clock().advance(Duration.ofMinutes(1));
      trails.deliver();
      assertThat(trails.delivered()).hasSize(1);
    }
  }

  @Test
  void aBucketThatRefusesIsAskedLessAndLess() {
    try (TrailFixture trails = new TrailFixture(folder, 101)) {
      StoredTrail trail = trails.trail(Selectors.DEFAULT);
      trails.logging(trail, true);
      trails.append("us-east-1", false);
      trails.bucket().refusals = 1_000;
      trails.clock().advance(Duration.ofMinutes(5));
      for (int second = 0; second < 1_200; second++) {
        trails.clock().advance(Duration.ofSeconds(1));
        trails.deliver();
      }

      // After 5, 10, 20, 40, 80, 160 and then every 300 seconds.
      assertThat(trails.bucket().puts).isBetween(8, 11);
      TrailStatus status =
          trails.database().read(handle -> TrailStatus.of(handle, trail.id(), "us-east-1"));
      assertThat(status.error()).isEqualTo("SlowDown");

      trails.bucket().refusals = 0;
      trails.clock().advance(Duration.ofMinutes(5));
      trails.deliver();
      assertThat(trails.delivered()).hasSize(1);
      status = trails.database().read(handle -> TrailStatus.of(handle, trail.id(), "us-east-1"));
      assertThat(status.error()).isNull();
    }
  }

  @Test
  void manyEventsComeInFilesThatCanBeHeld() {
    try (TrailFixture trails = new TrailFixture(folder, 102)) {
      StoredTrail trail = trails.trail(Selectors.DEFAULT);
      trails.logging(trail, true);
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 9_000; i++) {
        expected.add(trails.append("us-east-1", false));
      }
      trails.clock().advance(Duration.ofMinutes(5));
      trails.deliver();

      assertThat(trails.delivered()).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(
              trails.bucket().objects.keySet().stream().filter(key -> key.contains("/CloudTrail/")))
          .hasSize(3);
    }
  }

  @Test
  void anAbsenceIsOneDigest() {
    try (TrailFixture trails = new TrailFixture(folder, 103)) {
      StoredTrail trail = trails.trail(Selectors.DEFAULT);
      trails.logging(trail, true);
      trails.append("us-east-1", false);
      trails.clock().advance(Duration.ofMinutes(5));
      trails.deliver();

      trails.clock().advance(Duration.ofDays(100));
      trails.deliver();
      long digests =
          trails.bucket().objects.keySet().stream()
              .filter(key -> key.contains("/CloudTrail-Digest/"))
              .count();
      assertThat(digests).isEqualTo(1);

      trails.clock().advance(Duration.ofHours(5));
      trails.deliver();
      assertThat(
              trails.bucket().objects.keySet().stream()
                  .filter(key -> key.contains("/CloudTrail-Digest/")))
          .hasSize(6);
    }
  }
}
