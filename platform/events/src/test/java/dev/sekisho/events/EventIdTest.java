package dev.sekisho.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {

  private static final Instant TIME = Instant.parse("2026-11-25T07:35:22.546213Z");

  @Test
  void beginsWithItsTimeAndIsRandomFromThereOn() {
    Random random = new Random(7);
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      String id = EventId.at(TIME, random::nextBytes);
      UUID uuid = UUID.fromString(id);

      assertThat(uuid.version()).isEqualTo(7);
      assertThat(uuid.variant()).isEqualTo(2);
      assertThat(EventId.time(id)).contains(Instant.parse("2026-11-25T07:35:22.546Z"));
      ids.add(id);
    }
    assertThat(ids).hasSize(10_000);
  }

  @Test
  void sortsByTime() {
    Random random = new Random(8);
    String before = EventId.at(TIME, random::nextBytes);

    assertThat(EventId.at(TIME.plusMillis(1), random::nextBytes)).isGreaterThan(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "id-1",
        "2f2345f0-82cc-443c-b420-a37a125a9be7",
        "zf2345f0-82cc-743c-b420-a37a125a9be7"
      })
  void othersTellNoTime(String id) {
    assertThat(EventId.time(id)).isEmpty();
  }
}
