package dev.sekisho.secretsmanager;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * Rotations by the calendar: {@code 0 hours day-of-month month day-of-week *}.
 *
 * <p>INVARIANT: some day within {@link #HORIZON} years matches, so that there is a next window.
 */
final class RotationCron implements RotationSchedule {

  // The 29th of February is missing for eight years around a century.
  private static final int HORIZON = 9;
  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> WEEKDAYS =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  private final BitSet hours;
  private final BitSet months;
  private final Predicate<LocalDate> day;

  private RotationCron(BitSet hours, BitSet months, Predicate<LocalDate> day) {
    this.hours = hours;
    this.months = months;
    this.day = day;
  }

  static RotationCron of(String fields) {
    String[] parts = fields.split(" ", -1);
    // Windows open on the hour, and in every year.
    if (parts.length != 6 || !parts[0].equals("0") || !parts[5].equals("*")) {
      throw RotationSchedule.refused();
    }
    boolean byWeekday = parts[2].equals("?");
    if (byWeekday == parts[4].equals("?")) {
      throw RotationSchedule.refused();
    }
    BitSet hours = CronField.read(parts[1], 0, 23, List.of());
    refuseTooOften(hours);
    BitSet months = CronField.read(parts[3], 1, 12, MONTHS);
    RotationCron cron =
        new RotationCron(hours, months, byWeekday ? weekday(parts[4]) : dayOfMonth(parts[2]));
    // A leap year's first day: what no day from here matches, none ever will.
    cron.next(Instant.parse("2000-01-01T00:00:00Z"));
    return cron;
  }

  private static void refuseTooOften(BitSet hours) {
    int last = hours.length() - 1 - 24;
    for (int hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
      if (hour - last < SHORTEST.toHours()) {
        throw RotationSchedule.refused();
      }
      last = hour;
    }
  }

  private static Predicate<LocalDate> dayOfMonth(String field) {
    if (field.equals("L")) {
      return date -> date.getDayOfMonth() == date.lengthOfMonth();
    }
    BitSet days = CronField.read(field, 1, 31, List.of());
    return date -> days.get(date.getDayOfMonth());
  }

  private static Predicate<LocalDate> weekday(String field) {
    if (field.endsWith("L")) {
      String name = field.substring(0, field.length() - 1);
      int last = name.isEmpty() ? 7 : CronField.value(name, 1, 7, WEEKDAYS);
      return date ->
          number(date) == last
              && (name.isEmpty() || date.getDayOfMonth() > date.lengthOfMonth() - 7);
    }
    int hash = field.indexOf('#');
    if (hash >= 0) {
      int wanted = CronField.value(field.substring(0, hash), 1, 7, WEEKDAYS);
      int week = CronField.value(field.substring(hash + 1), 1, 5, List.of());
      return date -> number(date) == wanted && (date.getDayOfMonth() + 6) / 7 == week;
    }
    BitSet days = CronField.read(field, 1, 7, WEEKDAYS);
    return date -> days.get(number(date));
  }

  // Cron counts from Sunday as 1.
  private static int number(LocalDate date) {
    return date.getDayOfWeek().getValue() % 7 + 1;
  }

  @Override
  public Instant next(Instant after) {
    LocalDateTime from =
        LocalDateTime.ofInstant(after, ZoneOffset.UTC).truncatedTo(ChronoUnit.HOURS).plusHours(1);
    LocalDate end = from.toLocalDate().plusYears(HORIZON);
    int earliest = from.getHour();
    for (LocalDate date = from.toLocalDate(); date.isBefore(end); date = date.plusDays(1)) {
      int hour = hours.nextSetBit(earliest);
      if (hour >= 0 && months.get(date.getMonthValue()) && day.test(date)) {
        return date.atTime(hour, 0).toInstant(ZoneOffset.UTC);
      }
      earliest = 0;
    }
    throw RotationSchedule.refused();
  }
}
