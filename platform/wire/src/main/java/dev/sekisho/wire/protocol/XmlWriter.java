package dev.sekisho.wire.protocol;

import dev.sekisho.contract.Member;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.Shape.TimestampFormat;
import dev.sekisho.contract.Structure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes records as XML; absent members are left out. */
final class XmlWriter {

  private final StringBuilder text = new StringBuilder(512);

  XmlWriter open(String name) {
    text.append('<').append(name).append('>');
    return this;
  }

  XmlWriter open(String name, String namespace) {
    text.append('<').append(name).append(" xmlns=\"");
    escape(namespace);
    text.append("\">");
    return this;
  }

  XmlWriter close(String name) {
    text.append("</").append(name).append('>');
    return this;
  }

  XmlWriter element(String name, String content) {
    open(name);
    escape(content);
    return close(name);
  }

  /** The members that travel in the body, without an element around them. */
  XmlWriter members(Structure value) {
    List<Member> members = value.shape().members();
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      Object each = value.get(i);
      if (each != null && RestWriter.inBody(member) && !member.xmlAttribute()) {
        member(member, each);
      }
    }
    return this;
  }

  private void member(Member member, Object value) {
    String name = Flattening.wireName(member);
    switch (member.shape()) {
      case Shape.ListShape list -> list(name, list, (List<?>) value, Flattening.of(member));
      case Shape.MapShape map -> map(name, map, (Map<?, ?>) value, Flattening.of(member));
      case Shape _ when value instanceof Structure structure -> structure(name, structure);
      case Shape _ -> element(name, scalar(member, value));
    }
  }

  private static String scalar(Member member, Object value) {
    Shape shape = member.shape();
    return Scalars.write(
        shape, value, Scalars.formatOf(shape, member.timestampFormat(), TimestampFormat.ISO_8601));
  }

  /** A list's or map's element; only members can be flattened, or one would run into the next. */
  private void value(String name, Shape shape, Object value) {
    switch (value) {
      case Structure structure -> structure(name, structure);
      case List<?> list when shape instanceof Shape.ListShape listShape ->
          list(name, listShape, list, false);
      case Map<?, ?> map when shape instanceof Shape.MapShape mapShape ->
          map(name, mapShape, map, false);
      default ->
          element(
              name,
              Scalars.write(shape, value, Scalars.formatOf(shape, null, TimestampFormat.ISO_8601)));
    }
  }

  /** A document that is one element with text. */
  XmlWriter text(String name, @Nullable String namespace, String content) {
    if (namespace == null) {
      return element(name, content);
    }
    open(name, namespace);
    escape(content);
    return close(name);
  }

  /** A document whose root element stands for the value. */
  XmlWriter root(String name, @Nullable String namespace, Structure value) {
    text.append('<').append(name);
    if (namespace != null) {
      text.append(" xmlns=\"");
      escape(namespace);
      text.append('"');
    }
    attributes(value);
    text.append('>');
    return members(value).close(name);
  }

  private void structure(String name, Structure value) {
    text.append('<').append(name);
    attributes(value);
    text.append('>');
    members(value);
    close(name);
  }

  private void attributes(Structure value) {
    List<Member> members = value.shape().members();
    for (int i = 0; i < members.size(); i++) {
      Object each = value.get(i);
      if (members.get(i).xmlAttribute() && each != null) {
        if (members.get(i).wireName().startsWith("xsi:")) {
          text.append(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"");
        }
        text.append(' ').append(members.get(i).wireName()).append("=\"");
        int begin = text.length();
        escape(scalar(members.get(i), each));
        // Readers make a blank of each line end and tab in an attribute that is not escaped.
        String escaped = text.substring(begin).replace("\n", "&#xA;").replace("\t", "&#x9;");
        text.replace(begin, text.length(), escaped).append('"');
      }
    }
  }

  private void list(String name, Shape.ListShape shape, List<?> values, boolean flattened) {
    Shape element = shape.element().get();
    if (!flattened) {
      open(name);
    }
    for (Object each : values) {
      value(flattened ? name : shape.elementName(), element, each);
    }
    if (!flattened) {
      close(name);
    }
  }

  private void map(String name, Shape.MapShape shape, Map<?, ?> values, boolean flattened) {
    Shape element = shape.value().get();
    if (!flattened) {
      open(name);
    }
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      String entryName = flattened ? name : "entry";
      open(entryName);
      element(shape.keyName(), (String) entry.getKey());
      value(shape.valueName(), element, entry.getValue());
      close(entryName);
    }
    if (!flattened) {
      close(name);
    }
  }

  private void escape(String content) {
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      switch (c) {
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '&' -> text.append("&amp;");
        case '"' -> text.append("&quot;");
        case '\r' -> text.append("&#xD;");
        case '\n', '\t' -> text.append(c);
        default -> {
          // XML 1.0 has no way to write other control characters, nor half a pair.
          boolean writable =
              c >= 0x20
                  && c != 0xFFFE
                  && c != 0xFFFF
                  && (!Character.isSurrogate(c) || paired(content, i));
          text.append(writable ? c : '\uFFFD');
        }
      }
    }
  }

  private static boolean paired(String content, int at) {
    char c = content.charAt(at);
    return Character.isHighSurrogate(c)
        ? at + 1 < content.length() && Character.isLowSurrogate(content.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(content.charAt(at - 1));
  }

  byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
