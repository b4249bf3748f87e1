package dev.sekisho.waf.regex;

/** What holds between two bytes; before the first and behind the last there is {@link #EDGE}. */
enum Assertion {
  TEXT_BEGIN,
  TEXT_END,
  TEXT_END_OR_LAST_LINE,
  LINE_BEGIN,
  LINE_END,
  WORD_EDGE,
  NO_WORD_EDGE;

  /** What stands before a text and behind it. */
  static final int EDGE = 256;

  /**
   * Whether it holds.
   *
   * @param last whether the byte that follows is the text's last
   */
  boolean holds(int before, int after, boolean last) {
    return switch (this) {
      case TEXT_BEGIN -> before == EDGE;
      case TEXT_END -> after == EDGE;
      case TEXT_END_OR_LAST_LINE -> after == EDGE || (after == '\n' && last);
      case LINE_BEGIN -> before == EDGE || before == '\n';
      case LINE_END -> after == EDGE || after == '\n';
      case WORD_EDGE -> isWord(before) != isWord(after);
      case NO_WORD_EDGE -> isWord(before) == isWord(after);
    };
  }

  private static boolean isWord(int each) {
    return each != EDGE && ByteSet.isWord(each);
  }
}
