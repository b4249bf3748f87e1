package dev.sekisho.waf.text;

/** UTF-8. */
final class Utf8Text {

  private static final String HEX = "0123456789abcdef";

  private Utf8Text() {}

  /** Characters beyond ASCII as {@code %uhhhh} for each UTF-16 unit; bytes that are none stay. */
  static byte[] toUnicode(byte[] value) {
    Output out = new Output(value.length);
    int i = 0;
    while (i < value.length) {
      int length = length(value, i);
      if (length < 2) {
        out.put(value[i++]);
      } else {
        for (char unit : Character.toChars(character(value, i, length))) {
          out.put('%').put('u');
          for (int shift = 12; shift >= 0; shift -= 4) {
            out.put(HEX.charAt(unit >>> shift & 0xf));
          }
        }
        i += length;
      }
    }
    return out.done();
  }

  private static int character(byte[] value, int at, int length) {
    int character = value[at] & (0xff >>> (length + 1));
    for (int i = 1; i < length; i++) {
      character = character << 6 | (value[at + i] & 0x3f);
    }
    return character;
  }

  /** How many bytes a character has that begins here: 1 when it is ASCII or nothing valid. */
  private static int length(byte[] value, int at) {
    int first = value[at] & 0xff;
    int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
    if (first > 0xf4 || at + length > value.length) {
      return 1;
    }
    for (int i = 1; i < length; i++) {
      if ((value[at + i] & 0xc0) != 0x80) {
        return 1;
      }
    }
    if (length == 1) {
      return 1;
    }
    int character = character(value, at, length);
    boolean valid =
        switch (length) {
          case 2 -> character >= 0x80;
          case 3 -> character >= 0x800 && (character < 0xd800 || character > 0xdfff);
          default -> character >= 0x10000 && character <= Character.MAX_CODE_POINT;
        };
    return valid ? length : 1;
  }
}
