package dev.sekisho.wire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.contract.Shape.TimestampFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Timestamps in each form and back. */
class TimestampsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1970-01-01T00:00:00Z|1970-01-01T00:00:00Z",
        "2026-01-02T03:04:05.678Z|2026-01-02T03:04:05.678Z",
        "2026-01-02T03:04:05.678901Z|2026-01-02T03:04:05.678901Z",
        "2026-01-02T05:04:05+02:00|2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05-00:00|2026-01-02T03:04:05Z",
        "1767323045|2026-01-02T03:04:05Z",
        "1767323045.678|2026-01-02T03:04:05.678Z",
        "-1|1969-12-31T23:59:59Z",
        "-0.5|1969-12-31T23:59:59.500Z",
        "1e9|2001-09-09T01:46:40Z",
        "0|1970-01-01T00:00:00Z",
        "Fri, 02 Jan 2026 03:04:05 GMT|2026-01-02T03:04:05Z",
        "253402300799|9999-12-31T23:59:59Z"
      })
  void readsWhatClientsWrite(String text, Instant time) {
    assertThat(Timestamps.read(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "now",
        "2026-01-02",
        "2026-01-02T03:04:05",
        "2026-13-02T03:04:05Z",
        "2026-01-02T25:04:05Z",
        "Fri, 02 Jan 2026",
        "Mon, 02 Jan 2026 03:04:05 GMT",
        "NaN",
        "Infinity",
        "0x1",
        "1e99",
        "1e-999999999",
        "253402300800",
        "1767323045Z",
        "\u0661"
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> Timestamps.read(text)).isInstanceOf(MalformedRequest.class);
  }

  @Test
  void writesMillisecondsAndNoMore() {
    Instant time = Instant.parse("2026-01-02T03:04:05.678901234Z");

    assertThat(Timestamps.write(time, TimestampFormat.ISO_8601))
        .isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(Timestamps.write(time, TimestampFormat.UNIX_TIMESTAMP)).isEqualTo("1767323045.678");
    assertThat(Timestamps.write(time, TimestampFormat.RFC_822))
        .isEqualTo("Fri, 02 Jan 2026 03:04:05 GMT");
    assertThat(
            Timestamps.write(Instant.ofEpochSecond(1_700_000_000), TimestampFormat.UNIX_TIMESTAMP))
        .isEqualTo("1700000000");
  }

  @Test
  void everyFormReadsBackAsItself() {
    Random random = new Random(20260102);
    for (int i = 0; i < 5_000; i++) {
      Instant time =
          Instant.ofEpochMilli(random.nextLong(-60_000_000_000_000L, 250_000_000_000_000L));
      for (TimestampFormat format : TimestampFormat.values()) {
        Instant read = Timestamps.read(Timestamps.write(time, format));
        if (format == TimestampFormat.RFC_822) {
          assertThat(Duration.between(read, time)).isBetween(Duration.ZERO, Duration.ofMillis(999));
        } else {
          assertThat(read).isEqualTo(time);
        }
      }
    }
  }
}
