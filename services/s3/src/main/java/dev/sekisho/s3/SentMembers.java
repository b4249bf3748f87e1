package dev.sekisho.s3;

import dev.sekisho.contract.Member;
import dev.sekisho.contract.Structure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request's members by their names in the model, for what many requests have alike: PutObject,
 * CopyObject and CreateMultipartUpload share two dozen of them.
 */
record SentMembers(Structure request) {

  @Nullable String text(String name) {
    return (String) value(name);
  }

  /** A time or a text, as text. */
  @Nullable String anyText(String name) {
    Object value = value(name);
    return value instanceof Instant instant ? HttpDates.write(instant) : (String) value;
  }

  @Nullable Instant instant(String name) {
    return (Instant) value(name);
  }

  @Nullable Integer number(String name) {
    return (Integer) value(name);
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(value(name));
  }

  /** Whether the member is there at all. */
  boolean has(String name) {
    return value(name) != null;
  }

  /** A map of texts; empty when absent. */
  @SuppressWarnings("unchecked")
  Map<String, String> map(String name) {
    Object value = value(name);
    return value == null ? Map.of() : (Map<String, String>) value;
  }

  /** Null as well when requests of this kind have no such member. */
  private @Nullable Object value(String name) {
    List<Member> members = request.shape().members();
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).name().equals(name)) {
        return request.get(i);
      }
    }
    return null;
  }
}
