package dev.sekisho.wire;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Header fields held in a list, for requests that do not come from a socket. */
public record HeaderList(List<Map.Entry<String, String>> fields) implements Headers {

  public HeaderList {
    fields = List.copyOf(fields);
  }

  @Override
  public @Nullable String first(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? null : values.getFirst();
  }

  @Override
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public List<String> names() {
    return fields.stream()
        .map(field -> field.getKey().toLowerCase(Locale.ROOT))
        .distinct()
        .toList();
  }
}
