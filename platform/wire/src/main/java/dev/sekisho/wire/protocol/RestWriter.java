package dev.sekisho.wire.protocol;

import dev.sekisho.contract.Member;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.Shape.TimestampFormat;
import dev.sekisho.contract.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The members of a REST answer that stand outside its body: status and headers. */
final class RestWriter {

  private RestWriter() {}

  static List<Map.Entry<String, String>> headers(Structure output, String contentType) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    List<Member> members = output.shape().members();
    if (members.stream().noneMatch(RestWriter::isContentType)) {
      headers.add(Map.entry("content-type", contentType));
    }
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      Object value = output.get(i);
      if (value == null) {
        continue;
      }
      switch (member.location()) {
        case HEADER -> headers.add(Map.entry(member.wireName(), header(member, value)));
        case HEADERS ->
            ((Map<?, ?>) value)
                .forEach((name, each) ->
                    headers.add(Map.entry(member.wireName() + name, each.toString())));
        case BODY, URI, QUERY_STRING, STATUS_CODE -> {}
      }
    }
    return headers;
  }

  private static boolean isContentType(Member member) {
    return member.location() == Member.Location.HEADER
        && member.wireName().equalsIgnoreCase("content-type");
  }

  private static String header(Member member, Object value) {
    if (member.shape() instanceof Shape.ListShape list && value instanceof List<?> elements) {
      Shape element = list.element().get();
      List<String> texts =
          elements.stream()
              .map(each -> Scalars.write(element, each, TimestampFormat.RFC_822))
              .toList();
      return element instanceof Shape.StringShape
          ? HeaderLists.join(texts)
          : String.join(", ", texts);
    }
    return Scalars.write(
        member.shape(),
        value,
        Scalars.formatOf(member.shape(), member.timestampFormat(), TimestampFormat.RFC_822));
  }

  static int status(Structure output, int usual) {
    List<Member> members = output.shape().members();
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).location() == Member.Location.STATUS_CODE
          && output.get(i) instanceof Integer status) {
        return status;
      }
    }
    return usual;
  }

  /** The value of the member that alone is the body, or null when there is none. */
  static @org.jspecify.annotations.Nullable Object payload(Structure output) {
    Member payload = output.shape().payload();
    return payload == null ? null : output.get(output.shape().members().indexOf(payload));
  }

  /** Whether the member travels in an answer's body: an answer has no address to carry any. */
  static boolean inBody(Member member) {
    return switch (member.location()) {
      case BODY, URI, QUERY_STRING -> true;
      case HEADER, HEADERS, STATUS_CODE -> false;
    };
  }
}
