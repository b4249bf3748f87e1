package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.Validity;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/** Until when a certificate is to be valid, as the API says it in five ways. */
final class Validities {

  private static final DateTimeFormatter LONG =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

  /** Numbers of that many digits and more have a year of four digits. */
  private static final int LONG_DIGITS = 14;

  private static final int SHORT_DIGITS = 12;

  /** RFC 5280: a year of two digits from here on is of the 20th century. */
  private static final int PIVOT = 50;

  private static final int LAST_YEAR = 9999;

  private Validities() {}

  /**
   * The end.
   *
   * @throws dev.sekisho.core.ServiceException InvalidArgsException
   */
  static Instant end(Validity validity, Instant now) {
    long value = validity.value();
    ZonedDateTime from = now.atZone(ZoneOffset.UTC);
    try {
      Instant end =
          switch (validity.type()) {
            case "ABSOLUTE" -> Instant.ofEpochSecond(value);
            case "DAYS" -> from.plusDays(value).toInstant();
            case "MONTHS" -> from.plusMonths(value).toInstant();
            case "YEARS" -> from.plusYears(value).toInstant();
            default -> date(value);
          };
      if (end.atZone(ZoneOffset.UTC).getYear() <= LAST_YEAR) {
        return end;
      }
    } catch (DateTimeException | ArithmeticException none) {
      // Refused below, as all that is no time of a certificate.
    }
    throw AcmPcaErrors.invalidArgs("The certificate validity specified is not valid.");
  }

  private static Instant date(long value) {
    String digits = Long.toString(value);
    String padded = "0".repeat(Math.max(0, SHORT_DIGITS - digits.length())) + digits;
    if (padded.length() < LONG_DIGITS) {
      int year = Integer.parseInt(padded.substring(0, 2));
      padded = (year < PIVOT ? "20" : "19") + padded;
    }
    return LocalDateTime.parse(padded, LONG).toInstant(ZoneOffset.UTC);
  }
}
