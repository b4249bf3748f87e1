package dev.sekisho.waf.text;

/** Comments of SQL and of programming languages. */
final class Comments {

  private static final String[] MARKS = {"<!--", "-->", "/*", "*/", "--", "#"};

  private Comments() {}

  /**
   * A space for each comment between slashes and asterisks; one that is not closed ends the value.
   */
  static byte[] replace(byte[] value) {
    Output out = new Output(value.length);
    int i = 0;
    while (i < value.length) {
      if (isAt(value, i, "/*")) {
        out.put(' ');
        i = closed(value, i + 2);
      } else {
        out.put(value[i++]);
      }
    }
    return out.done();
  }

  private static int closed(byte[] value, int from) {
    for (int i = from; i + 1 < value.length; i++) {
      if (value[i] == '*' && value[i + 1] == '/') {
        return i + 2;
      }
    }
    return value.length;
  }

  /** Without what begins or ends a comment; what stands in it stays. */
  static byte[] removeMarks(byte[] value) {
    Output out = new Output(value.length);
    int i = 0;
    while (i < value.length) {
      int mark = mark(value, i);
      if (mark == 0) {
        out.put(value[i++]);
      } else {
        i += mark;
      }
    }
    return out.done();
  }

  private static int mark(byte[] value, int at) {
    for (String mark : MARKS) {
      if (isAt(value, at, mark)) {
        return mark.length();
      }
    }
    return 0;
  }

  static boolean isAt(byte[] value, int at, String text) {
    if (at + text.length() > value.length) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (value[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
