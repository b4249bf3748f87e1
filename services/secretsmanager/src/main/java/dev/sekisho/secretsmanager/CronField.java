package dev.sekisho.secretsmanager;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one field of a cron expression: values, ranges, steps and lists of them. */
final class CronField {

  private static final Pattern PART =
      Pattern.compile("(\\*|(\\w{1,3})(?:-(\\w{1,3}))?)?(?:/(\\d{1,2}))?");

  private CronField() {}

  /**
   * The values that the field names.
   *
   * @param names names of the values, the first being {@code lowest}; may be empty
   */
  static BitSet read(String field, int lowest, int highest, List<String> names) {
    BitSet values = new BitSet();
    for (String part : field.split(",", -1)) {
      Matcher form = PART.matcher(part);
      if (part.isEmpty() || !form.matches()) {
        throw RotationSchedule.refused();
      }
      boolean stepped = form.group(4) != null;
      int step = stepped ? Integer.parseInt(form.group(4)) : 1;
      boolean any = form.group(2) == null;
      int first = any ? lowest : value(form.group(2), lowest, highest, names);
      int last = any || stepped ? highest : first;
      if (form.group(3) != null) {
        last = value(form.group(3), lowest, highest, names);
      }
      if (step < 1 || last < first) {
        throw RotationSchedule.refused();
      }
      for (int each = first; each <= last; each += step) {
        values.set(each);
      }
    }
    return values;
  }

  static int value(String text, int lowest, int highest, List<String> names) {
    int named = names.indexOf(text.toUpperCase(Locale.ROOT));
    if (named < 0 && !text.matches("[0-9]{1,2}")) {
      throw RotationSchedule.refused();
    }
    int value = named >= 0 ? lowest + named : Integer.parseInt(text);
    if (value < lowest || value > highest) {
      throw RotationSchedule.refused();
    }
    return value;
  }
}
