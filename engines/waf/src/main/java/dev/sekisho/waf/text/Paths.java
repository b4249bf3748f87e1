package dev.sekisho.waf.text;

/** Paths as a file system would go them. */
final class Paths {

  private Paths() {}

  /**
   * Without empty segments, without {@code .}, and without segments that {@code ..} takes back; a
   * {@code ..} at the beginning stays.
   *
   * @param backslashes whether they separate segments as well
   */
  static byte[] normalize(byte[] value, boolean backslashes) {
    Output out = new Output(value.length);
    boolean absolute = value.length > 0 && isSeparator(value[0], backslashes);
    if (absolute) {
      out.put('/');
    }
    int i = 0;
    while (i < value.length) {
      int end = i;
      while (end < value.length && !isSeparator(value[end], backslashes)) {
        end++;
      }
      segment(value, i, end, end < value.length, out);
      i = end + 1;
    }
    return out.done();
  }

  private static boolean isSeparator(byte value, boolean backslashes) {
    return value == '/' || (backslashes && value == '\\');
  }

  private static void segment(byte[] value, int begin, int end, boolean separated, Output out) {
    int length = end - begin;
    if (length == 0 || (length == 1 && value[begin] == '.')) {
      return;
    }
    if (length == 2 && value[begin] == '.' && value[begin + 1] == '.' && goBack(out)) {
      return;
    }
    out.put(value, begin, end);
    if (separated) {
      out.put('/');
    }
  }

  /** Takes the last segment back; false when there is none that could be. */
  private static boolean goBack(Output out) {
    int end = out.length() - 1;
    if (end < 1) {
      // Above the root is the root.
      return end == 0 && out.byteAt(0) == '/';
    }
    int begin = end;
    while (begin > 0 && out.byteAt(begin - 1) != '/') {
      begin--;
    }
    if (end - begin == 2 && out.byteAt(begin) == '.' && out.byteAt(begin + 1) == '.') {
      return false;
    }
    out.cut(begin);
    return true;
  }
}
