package dev.sekisho.wire.protocol;

/** Media types compared without their parameters. */
final class ContentTypes {

  private ContentTypes() {}

  static boolean is(String header, String wanted) {
    int semicolon = header.indexOf(';');
    String type = semicolon < 0 ? header : header.substring(0, semicolon);
    return type.strip().equalsIgnoreCase(wanted);
  }
}
