package dev.sekisho.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a request, in the order they came; names are compared ignoring case.
 *
 * <p>A value holds one character for each byte received (ISO 8859-1), so that the signature can be
 * checked over the very bytes the client signed.
 */
public final class Headers {

  private final String[] names;
  private final String[] values;

  private Headers(String[] names, String[] values) {
    this.names = names;
    this.values = values;
  }

  /** Header fields from pairs of name and value. */
  public static Headers of(List<Map.Entry<String, String>> fields) {
    Builder builder = new Builder(fields.size());
    fields.forEach(field -> builder.add(field.getKey().toLowerCase(Locale.ROOT), field.getValue()));
    return builder.build();
  }

  /** How many fields there are, counting repeated names. */
  public int size() {
    return names.length;
  }

  /** The lower-case name of the field at the place. */
  public String name(int index) {
    return names[index];
  }

  /** The value of the field at the place. */
  public String value(int index) {
    return values[index];
  }

  /** The first value of the field, or null when there is none. */
  public @Nullable String first(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equalsIgnoreCase(name)) {
        return values[i];
      }
    }
    return null;
  }

  /** Every value of the field in the order received. */
  public List<String> all(String name) {
    List<String> found = new ArrayList<>(1);
    for (int i = 0; i < names.length; i++) {
      if (names[i].equalsIgnoreCase(name)) {
        found.add(values[i]);
      }
    }
    return found;
  }

  /** Collects fields. */
  public static final class Builder {
    private final List<String> names;
    private final List<String> values;

    public Builder(int expected) {
      names = new ArrayList<>(expected);
      values = new ArrayList<>(expected);
    }

    /** Adds a field whose name is in lower case already. */
    public Builder add(String lowerCaseName, String value) {
      names.add(lowerCaseName);
      values.add(value);
      return this;
    }

    public Headers build() {
      return new Headers(names.toArray(String[]::new), values.toArray(String[]::new));
    }
  }
}
