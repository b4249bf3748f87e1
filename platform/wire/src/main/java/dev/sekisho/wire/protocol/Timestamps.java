package dev.sekisho.wire.protocol;

import dev.sekisho.contract.Shape.TimestampFormat;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Timestamps in the three forms of AWS's protocols, with millisecond precision. */
final class Timestamps {

  private static final DateTimeFormatter RFC_822 =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final int LONGEST = 64;
  private static final BigDecimal LAST = BigDecimal.valueOf(253_402_300_799L);

  private Timestamps() {}

  static String write(Instant time, TimestampFormat format) {
    return switch (format) {
      case UNIX_TIMESTAMP -> seconds(time).toPlainString();
      case ISO_8601 -> time.truncatedTo(ChronoUnit.MILLIS).toString();
      case RFC_822 -> RFC_822.format(time);
    };
  }

  /** Seconds since 1970 without trailing zeros in the fraction. */
  static BigDecimal seconds(Instant time) {
    BigDecimal seconds = BigDecimal.valueOf(time.toEpochMilli(), 3).stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }

  /**
   * Reads any of the forms: clients are free with them.
   *
   * @throws MalformedRequest when it is none of them
   */
  static Instant read(String text) {
    if (text.length() <= LONGEST && !text.isEmpty()) {
      try {
        char last = text.charAt(text.length() - 1);
        if (last >= '0' && last <= '9' && text.indexOf(':') < 0) {
          return fromSeconds(new BigDecimal(text));
        }
        return text.endsWith("GMT")
            ? Instant.from(RFC_822.parse(text))
            : Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text));
      } catch (DateTimeException | NumberFormatException notATime) {
        // Falls through to the same refusal as a text that is too long.
      }
    }
    throw new MalformedRequest("A value is not a valid timestamp");
  }

  static Instant fromSeconds(BigDecimal seconds) {
    // An exponent in the millions is cheap to write and dear to reckon with.
    if (Math.abs((long) seconds.scale()) > LONGEST || seconds.abs().compareTo(LAST) > 0) {
      throw new MalformedRequest("A timestamp is out of range");
    }
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    long nanos = seconds.subtract(whole).movePointRight(9).longValue();
    return Instant.ofEpochSecond(whole.longValueExact(), nanos);
  }
}
