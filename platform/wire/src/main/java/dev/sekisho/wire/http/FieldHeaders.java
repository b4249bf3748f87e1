package dev.sekisho.wire.http;

import dev.sekisho.wire.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** Jetty's header fields as the pipeline reads them. */
record FieldHeaders(HttpFields fields) implements Headers {

  @Override
  public @Nullable String first(String name) {
    return fields.get(name);
  }

  @Override
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(1);
    for (HttpField field : fields) {
      if (field.is(name)) {
        values.add(field.getValue() == null ? "" : field.getValue());
      }
    }
    return values;
  }

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>(fields.size());
    for (HttpField field : fields) {
      String name = field.getName().toLowerCase(Locale.ROOT);
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }
}
