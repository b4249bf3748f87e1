package dev.sekisho.waf.text;

/** Zero bytes. */
final class Nulls {

  private Nulls() {}

  static byte[] remove(byte[] value) {
    Output out = new Output(value.length);
    for (byte each : value) {
      if (each != 0) {
        out.put(each);
      }
    }
    return out.done();
  }

  static byte[] replace(byte[] value) {
    byte[] replaced = value.clone();
    for (int i = 0; i < replaced.length; i++) {
      if (replaced[i] == 0) {
        replaced[i] = ' ';
      }
    }
    return replaced;
  }
}
