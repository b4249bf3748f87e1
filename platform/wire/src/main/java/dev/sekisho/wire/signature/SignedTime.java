package dev.sekisho.wire.signature;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time a request was signed at, and whether that is near enough to ours. */
final class SignedTime {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int LENGTH = 16;

  private SignedTime() {}

  /** The time as signatures write it. */
  static String stamp(Instant time) {
    return STAMP.format(time);
  }

  /**
   * Checks that a claim is good now.
   *
   * @param window how far the claim's time may be from ours
   * @throws SignatureFailure when it is too old, too new, or past a presigned request's end
   */
  static void check(SignatureClaim claim, Duration window, Instant now) {
    Instant signed = parse(claim.timestamp());
    Long expires = claim.expiresSeconds();
    if (expires != null && now.isAfter(signed.plusSeconds(expires))) {
      throw new SignatureFailure(
          SignatureFailure.Kind.REQUEST_EXPIRED,
          expired(claim, now, Duration.ofSeconds(expires).negated()));
    }
    if (expires == null && signed.isBefore(now.minus(window))) {
      throw new SignatureFailure(
          SignatureFailure.Kind.MISMATCH, expired(claim, now, window.negated()));
    }
    if (signed.isAfter(now.plus(window))) {
      throw new SignatureFailure(
          SignatureFailure.Kind.MISMATCH,
          "Signature not yet current: "
              + claim.timestamp()
              + " is still later than "
              + bound(now, window));
    }
  }

  private static String expired(SignatureClaim claim, Instant now, Duration offset) {
    return "Signature expired: " + claim.timestamp() + " is now earlier than " + bound(now, offset);
  }

  private static String bound(Instant now, Duration offset) {
    return stamp(now.plus(offset))
        + " ("
        + stamp(now)
        + (offset.isNegative() ? " - " : " + ")
        + offset.abs().toMinutes()
        + " min.)";
  }

  /** By hand: the general parser costs more than the rest of the check but the hashing. */
  private static Instant parse(String text) {
    if (text.length() == LENGTH && text.charAt(8) == 'T' && text.charAt(15) == 'Z') {
      try {
        return LocalDateTime.of(
                number(text, 0, 4),
                number(text, 4, 6),
                number(text, 6, 8),
                number(text, 9, 11),
                number(text, 11, 13),
                number(text, 13, 15))
            .toInstant(ZoneOffset.UTC);
      } catch (DateTimeException notATime) {
        // The same refusal as for a text of another form.
      }
    }
    throw new SignatureFailure(
        SignatureFailure.Kind.INCOMPLETE,
        "Date must be in ISO-8601 'basic format'. Got '"
            + SignatureFailure.excerpt(text)
            + "'. See http://en.wikipedia.org/wiki/ISO_8601");
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new DateTimeException("not a digit");
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
