package dev.sekisho.s3;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as HTTP's headers write them. */
final class HttpDates {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private HttpDates() {}

  static String write(Instant time) {
    return FORMAT.format(time.atOffset(ZoneOffset.UTC));
  }

  /** Reads back what {@link #write} wrote. */
  static @Nullable Instant read(@Nullable String text) {
    return text == null ? null : LocalDateTime.parse(text, FORMAT).toInstant(ZoneOffset.UTC);
  }
}
