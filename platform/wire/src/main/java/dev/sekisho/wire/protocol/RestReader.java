package dev.sekisho.wire.protocol;

import dev.sekisho.contract.Member;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.Shape.TimestampFormat;
import dev.sekisho.contract.Structure;
import dev.sekisho.contract.StructureShape;
import dev.sekisho.core.Blob;
import dev.sekisho.wire.Headers;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.signature.UriEncoding;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the members of a REST request that stand outside its body: labels, query, headers. */
final class RestReader {

  private RestReader() {}

  /**
   * Fills the places of the members outside the body.
   *
   * @param labels what the URI's labels matched, still percent-encoded
   */
  static <T extends Structure> void read(
      StructureShape<T> shape,
      WireRequest request,
      Map<String, String> labels,
      @Nullable Object[] values) {
    Map<String, List<String>> query = null;
    for (int i = 0; i < values.length; i++) {
      Member member = shape.members().get(i);
      switch (member.location()) {
        case BODY, STATUS_CODE -> {}
        case URI -> {
          String label = labels.get(member.wireName());
          if (label != null) {
            values[i] = Scalars.read(member.shape(), decode(label));
          }
        }
        case QUERY_STRING -> {
          query = query == null ? query(request.query()) : query;
          values[i] = fromQuery(member, query);
        }
        case HEADER -> values[i] = fromHeader(member, request.headers());
        case HEADERS -> values[i] = prefixed(member.wireName(), request.headers());
      }
    }
  }

  private static @Nullable Object fromHeader(Member member, Headers headers) {
    List<String> found = headers.all(member.wireName());
    if (found.isEmpty()) {
      return null;
    }
    if (member.shape() instanceof Shape.ListShape list) {
      Shape element = list.element().get();
      boolean dates =
          element instanceof Shape.TimestampShape
              && Scalars.formatOf(element, null, TimestampFormat.RFC_822)
                  == TimestampFormat.RFC_822;
      return found.stream()
          .flatMap(header -> HeaderLists.split(header, dates).stream())
          .map(text -> Scalars.read(element, utf8(text)))
          .toList();
    }
    return Scalars.read(member.shape(), utf8(found.getFirst()));
  }

  /** Header values come as bytes; clients write UTF-8 in them where they write more than ASCII. */
  private static String utf8(String bytes) {
    try {
      return Utf8.decode(bytes.getBytes(StandardCharsets.ISO_8859_1));
    } catch (CharacterCodingException notUtf8) {
      return bytes;
    }
  }

  private static @Nullable Object fromQuery(Member member, Map<String, List<String>> query) {
    if (member.shape() instanceof Shape.MapShape map) {
      boolean lists = map.value().get() instanceof Shape.ListShape;
      Map<String, Object> all = new LinkedHashMap<>();
      query.forEach((name, found) -> all.put(name, lists ? found : found.getFirst()));
      return all;
    }
    List<String> found = query.get(member.wireName());
    if (found == null) {
      return null;
    }
    if (member.shape() instanceof Shape.ListShape list) {
      Shape element = list.element().get();
      return found.stream().map(text -> Scalars.read(element, text)).toList();
    }
    return Scalars.read(member.shape(), found.getFirst());
  }

  private static Map<String, List<String>> query(String query) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String part : query.split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = decode(equals < 0 ? part : part.substring(0, equals));
        String value = equals < 0 ? "" : decode(part.substring(equals + 1));
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
      }
    }
    return values;
  }

  private static Map<String, String> prefixed(String prefix, Headers headers) {
    Map<String, String> values = new LinkedHashMap<>();
    String lower = prefix.toLowerCase(Locale.ROOT);
    for (int i = 0; i < headers.size(); i++) {
      if (headers.name(i).startsWith(lower)) {
        values.merge(
            headers.name(i).substring(lower.length()),
            headers.value(i),
            (before, more) -> before + ',' + more);
      }
    }
    return values;
  }

  /** A body that is text. */
  static String text(Blob body) {
    try {
      return Utf8.decode(body.bytes());
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedRequest("The request body is not valid UTF-8");
    }
  }

  private static String decode(String text) {
    try {
      return UriEncoding.decode(text);
    } catch (IllegalArgumentException broken) {
      throw new MalformedRequest("A percent-escape in the address is broken");
    }
  }
}
