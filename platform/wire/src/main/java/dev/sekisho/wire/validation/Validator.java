package dev.sekisho.wire.validation;

import dev.sekisho.contract.Member;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.Structure;
import dev.sekisho.core.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds every constraint of the model that a request breaks.
 *
 * <p>All violations are reported in one message, as AWS does; a list of many bad elements is cut at
 * {@link #MAX_VIOLATIONS}.
 */
public final class Validator {

  private static final int MAX_VIOLATIONS = 20;
  private static final int SHOWN = 2_048;

  private final ViolationStyle style;
  private final List<String> violations = new ArrayList<>();

  private Validator(ViolationStyle style) {
    this.style = style;
  }

  /**
   * The message for what is wrong with the request, or null when nothing is.
   *
   * @return for example {@code 1 validation error detected: Value '' at 'userName' failed to
   *     satisfy constraint: Member must have length greater than or equal to 1}
   */
  public static @Nullable String check(Structure input, ViolationStyle style) {
    Validator validator = new Validator(style);
    validator.structure(input, "");
    if (validator.violations.isEmpty()) {
      return null;
    }
    int count = validator.violations.size();
    return count
        + (count == 1 ? " validation error" : " validation errors")
        + " detected: "
        + String.join("; ", validator.violations);
  }

  private void structure(Structure value, String prefix) {
    List<Member> members = value.shape().members();
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      Object each = value.get(i);
      if (each == null) {
        if (member.required()) {
          add(
              "Value null at '"
                  + prefix
                  + path(member.name())
                  + "' failed to satisfy constraint: Member must not be null");
        }
      } else {
        value(member.shape(), each, prefix, member.name(), member.sensitive());
      }
    }
  }

  private void value(Shape shape, Object value, String prefix, String name, boolean sensitive) {
    switch (shape) {
      case Shape.StringShape string -> string(string, (String) value, prefix, name, sensitive);
      case Shape.IntegerShape number -> range(number.range(), (Integer) value, value, prefix, name);
      case Shape.LongShape number -> range(number.range(), (Long) value, value, prefix, name);
      case Shape.FloatShape number -> range(number.range(), (Float) value, value, prefix, name);
      case Shape.DoubleShape number -> range(number.range(), (Double) value, value, prefix, name);
      case Shape.BlobShape blob ->
          length(blob.length(), ((Content) value).size(), null, prefix, name);
      case Shape.ListShape list -> list(list, (List<?>) value, prefix, name);
      case Shape.MapShape map -> map(map, (Map<?, ?>) value, prefix, name);
      case Shape.BooleanShape _, Shape.TimestampShape _ -> {}
      case dev.sekisho.contract.StructureShape<?> _ ->
          structure((Structure) value, prefix + path(name) + '.');
    }
  }

  private void string(
      Shape.StringShape shape, String value, String prefix, String name, boolean sensitive) {
    String shown = sensitive || shape.sensitive() ? null : value;
    for (String constraint : broken(shape, value)) {
      violation(shown, prefix, name, constraint);
    }
  }

  /** What the text breaks; a text of the wrong length is not also held against a pattern. */
  private List<String> broken(Shape.StringShape shape, String value) {
    if (!shape.values().isEmpty()) {
      return shape.values().contains(value)
          ? List.of()
          : List.of(
              style == ViolationStyle.WITH_VALUE
                  ? "Member must satisfy enum value set: " + shape.values()
                  : "Member must satisfy enum value set");
    }
    String length = lengthConstraint(shape.length(), value.codePointCount(0, value.length()));
    if (length != null) {
      return List.of(length);
    }
    Shape.LazyPattern pattern = shape.pattern();
    return pattern == null || pattern.matches(value)
        ? List.of()
        : List.of("Member must satisfy regular expression pattern: " + pattern.source());
  }

  private void list(Shape.ListShape shape, List<?> values, String prefix, String name) {
    Shape element = shape.element().get();
    if (!shape.size().admits(values.size())) {
      boolean shown =
          values.isEmpty() || (element instanceof Shape.StringShape && !element.sensitive());
      length(shape.size(), values.size(), shown ? values.toString() : null, prefix, name);
      return;
    }
    for (int i = 0; i < values.size() && violations.size() < MAX_VIOLATIONS; i++) {
      Object each = values.get(i);
      if (each != null) {
        value(element, each, prefix + path(name) + '.' + (i + 1) + '.', "member", false);
      }
    }
  }

  private void map(Shape.MapShape shape, Map<?, ?> values, String prefix, String name) {
    length(shape.size(), values.size(), null, prefix, name);
    Shape key = shape.key().get();
    Shape element = shape.value().get();
    if (!shape.size().admits(values.size())) {
      return;
    }
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      if (violations.size() >= MAX_VIOLATIONS) {
        return;
      }
      if (key instanceof Shape.StringShape string) {
        mapText(string, (String) entry.getKey(), "Map keys", prefix, name);
      }
      if (element instanceof Shape.StringShape string) {
        mapText(string, (String) entry.getValue(), "Map value", prefix, name);
      } else {
        value(
            element,
            entry.getValue(),
            prefix + path(name) + '.',
            entry.getKey() + ".member",
            false);
      }
    }
  }

  private void mapText(
      Shape.StringShape shape, String value, String subject, String prefix, String name) {
    List<String> constraints = broken(shape, value);
    if (!constraints.isEmpty()) {
      violation(null, prefix, name, subject + " must satisfy constraint: " + constraints);
    }
  }

  private void range(Shape.Range range, long number, Object shown, String prefix, String name) {
    Long min = range.min();
    Long max = range.max();
    range(min != null && number < min, max != null && number > max, range, shown, prefix, name);
  }

  /** Compared as it is: cut to a whole number, 9.5 would pass for 9; NaN is in no range. */
  private void range(Shape.Range range, double number, Object shown, String prefix, String name) {
    Long min = range.min();
    Long max = range.max();
    range(
        min != null && !(number >= min),
        max != null && !(number <= max),
        range,
        shown,
        prefix,
        name);
  }

  private void range(
      boolean below, boolean above, Shape.Range range, Object shown, String prefix, String name) {
    if (below) {
      violation(
          shown.toString(),
          prefix,
          name,
          "Member must have value greater than or equal to " + range.min());
    } else if (above) {
      violation(
          shown.toString(),
          prefix,
          name,
          "Member must have value less than or equal to " + range.max());
    }
  }

  private void length(
      Shape.Range range, long length, @Nullable String shown, String prefix, String name) {
    String constraint = lengthConstraint(range, length);
    if (constraint != null) {
      violation(shown, prefix, name, constraint);
    }
  }

  private static @Nullable String lengthConstraint(Shape.Range range, long length) {
    Long min = range.min();
    Long max = range.max();
    if (min != null && length < min) {
      return "Member must have length greater than or equal to " + min;
    }
    return max != null && length > max
        ? "Member must have length less than or equal to " + max
        : null;
  }

  private void violation(@Nullable String shown, String prefix, String name, String constraint) {
    String quoted =
        shown == null || style == ViolationStyle.WITHOUT_VALUE || shown.length() > SHOWN
            ? ""
            : " '" + shown + "'";
    add(
        "Value"
            + quoted
            + " at '"
            + prefix
            + path(name)
            + "' failed to satisfy constraint: "
            + constraint);
  }

  private void add(String violation) {
    if (violations.size() < MAX_VIOLATIONS) {
      violations.add(violation);
    }
  }

  /** Messages name members in lower camel case, whatever the model does. */
  private static String path(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
