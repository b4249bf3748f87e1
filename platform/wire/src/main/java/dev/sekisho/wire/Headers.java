package dev.sekisho.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The header fields of a request, as they came; names are compared ignoring case. */
public interface Headers {

  /** The first value of the field, or null when there is none. */
  @Nullable String first(String name);

  /** Every value of the field in the order received. */
  List<String> all(String name);

  /** The names of all fields in lower case, each once. */
  List<String> names();
}
