package dev.sekisho.server.tail;

import dev.sekisho.server.Storage;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param since the time of the first event; null for now
 * @param follow whether to go on when all events there are have been shown
 * @param json whether events are shown as they are recorded, one a line
 */
record TailOptions(
    Path data,
    Storage storage,
    EventFilter filter,
    @Nullable Instant since,
    boolean follow,
    boolean json,
    Colour colour) {

  /** Whether text is coloured. */
  enum Colour {
    AUTO,
    ALWAYS,
    NEVER
  }

  private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException in words for whoever typed it
   */
  static TailOptions parse(List<String> arguments, Instant now) {
    TailOptions options =
        new TailOptions(
            Path.of(".sekisho"),
            Storage.IN_FOLDER,
            EventFilter.ALL,
            null,
            true,
            false,
            Colour.AUTO);
    for (int i = 0; i < arguments.size(); i++) {
      String name = arguments.get(i);
      switch (name) {
        case "--errors" -> options = options.with(options.filter.onlyErrors());
        case "--json" -> options = options.showing(true, options.follow);
        case "--no-follow" -> options = options.showing(options.json, false);
        default -> {
          if (i + 1 == arguments.size()) {
            throw new IllegalArgumentException(name + " is unknown or lacks its value");
          }
          options = options.with(name, arguments.get(++i), now);
        }
      }
    }
    options.storage.check();
    return options;
  }

  private TailOptions with(String name, String value, Instant now) {
    return switch (name) {
      case "--data" ->
          new TailOptions(Path.of(value), storage, filter, since, follow, json, colour);
      case "--database" -> with(storage.withDatabase(value));
      case "--database-password-file" -> with(storage.withPasswordFile(value));
      case "--user" -> with(filter.ofUser(value));
      case "--service" -> with(filter.ofService(value));
      case "--event" -> with(filter.ofEvent(value));
      case "--since" ->
          new TailOptions(data, storage, filter, time(value, now), follow, json, colour);
      case "--color" -> new TailOptions(data, storage, filter, since, follow, json, colour(value));
      default -> throw new IllegalArgumentException("unknown option " + name);
    };
  }

  private TailOptions with(EventFilter other) {
    return new TailOptions(data, storage, other, since, follow, json, colour);
  }

  private TailOptions with(Storage other) {
    return new TailOptions(data, other, filter, since, follow, json, colour);
  }

  private TailOptions showing(boolean asJson, boolean following) {
    return new TailOptions(data, storage, filter, since, following, asJson, colour);
  }

  private static Colour colour(String value) {
    for (Colour each : Colour.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(value)) {
        return each;
      }
    }
    throw new IllegalArgumentException("--color takes auto, always or never, not " + value);
  }

  private static Instant time(String value, Instant now) {
    Matcher ago = AGO.matcher(value);
    if (ago.matches()) {
      long count = Long.parseLong(ago.group(1));
      return now.minus(
          switch (ago.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
          });
    }
    try {
      return Instant.parse(value);
    } catch (DateTimeException notATime) {
      throw new IllegalArgumentException(
          "--since takes a time such as 2026-11-24T12:00:00Z, or 30s, 10m, 2h, 1d for so long ago,"
              + " not "
              + value);
    }
  }
}
