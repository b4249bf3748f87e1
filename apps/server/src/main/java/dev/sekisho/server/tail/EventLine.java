package dev.sekisho.server.tail;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An event as a line for people: when, what, who, from where, and how it ended.
 *
 * <p>INVARIANT: what callers can choose never reaches the terminal as it is; control characters
 * would let them write over the lines of others.
 */
final class EventLine {

  private static final String RESET = "\u001b[0m";
  private static final String DIM = "\u001b[2m";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";

  private final boolean coloured;

  EventLine(boolean coloured) {
    this.coloured = coloured;
  }

  String of(JsonNode record) {
    String source = record.path("eventSource").asText();
    String service = source.replace(".amazonaws.com", "");
    boolean failed = record.hasNonNull("errorCode");
    StringBuilder line = new StringBuilder();
    line.append(paint(DIM, record.path("eventTime").asText())).append("  ");
    line.append(
        paint(
            failed ? RED : record.path("readOnly").asBoolean() ? GREEN : YELLOW,
            service + ":" + record.path("eventName").asText()));
    line.append("  ").append(plain(who(record.path("userIdentity"))));
    line.append(
        paint(
            DIM,
            "  "
                + record.path("awsRegion").asText()
                + "  "
                + record.path("sourceIPAddress").asText()));
    if (failed) {
      line.append("  ")
          .append(
              paint(
                  RED,
                  record.path("errorCode").asText()
                      + (record.hasNonNull("errorMessage")
                          ? ": " + record.path("errorMessage").asText()
                          : "")));
    }
    return line.toString();
  }

  private static String who(JsonNode identity) {
    String arn = identity.path("arn").asText();
    if (!arn.isEmpty()) {
      // Without what is the same for nearly all: arn:aws:iam::
      String[] parts = arn.split(":", 6);
      return parts.length == 6 ? parts[4] + ":" + parts[5] : arn;
    }
    String service = identity.path("invokedBy").asText();
    return service.isEmpty() ? identity.path("type").asText("nobody") : service;
  }

  private String paint(String colour, String text) {
    return coloured ? colour + plain(text) + RESET : plain(text);
  }

  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          int type = Character.getType(point);
          if (type == Character.CONTROL
              || type == Character.FORMAT
              || type == Character.LINE_SEPARATOR
              || type == Character.PARAGRAPH_SEPARATOR) {
            plain.append(String.format("\\u{%x}", point));
          } else {
            plain.appendCodePoint(point);
          }
        });
    return plain.toString();
  }
}
