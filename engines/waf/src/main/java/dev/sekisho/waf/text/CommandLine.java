package dev.sekisho.waf.text;

/**
 * Command lines without what a shell would skip, so that {@code c^md "/c" dir} and {@code cmd/c
 * dir} are the same.
 */
enum CommandLine {
  ANY("\\\"'^"),
  UNIX("\\\"'"),
  WINDOWS("\"^");

  private final String skipped;

  CommandLine(String skipped) {
    this.skipped = skipped;
  }

  byte[] apply(byte[] value) {
    Output out = new Output(value.length);
    for (byte each : value) {
      if (skipped.indexOf(each) >= 0) {
        continue;
      }
      if (each == ',' || each == ';' || WhiteSpace.is(each)) {
        if (out.last() != ' ') {
          out.put(' ');
        }
      } else if (each == '/' || each == '(') {
        if (out.last() == ' ') {
          out.cut(out.length() - 1);
        }
        out.put(each);
      } else {
        out.put(each >= 'A' && each <= 'Z' ? each + ('a' - 'A') : each);
      }
    }
    return out.done();
  }
}
