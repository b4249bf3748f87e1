package dev.sekisho.wire.protocol;

import dev.sekisho.contract.Member;
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
    headers.add(Map.entry("content-type", contentType));
    List<Member> members = output.shape().members();
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      Object value = output.get(i);
      if (value == null) {
        continue;
      }
      switch (member.location()) {
        case HEADER ->
            headers.add(
                Map.entry(
                    member.wireName(),
                    Scalars.write(
                        member.shape(),
                        value,
                        Scalars.formatOf(
                            member.shape(), member.timestampFormat(), TimestampFormat.RFC_822))));
        case HEADERS ->
            ((Map<?, ?>) value)
                .forEach((name, each) ->
                    headers.add(Map.entry(member.wireName() + name, each.toString())));
        case BODY, URI, QUERY_STRING, STATUS_CODE -> {}
      }
    }
    return headers;
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
}
