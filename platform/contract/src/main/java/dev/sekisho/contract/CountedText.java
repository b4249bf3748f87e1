package dev.sekisho.contract;

/**
 * A text that lets itself be looked at so many times and no more, so that no pattern can be made to
 * backtrack for long. A pattern that goes through its value once or twice never notices.
 */
final class CountedText implements CharSequence {

  private static final long FREE = 100_000;
  private static final long PER_CHARACTER = 64;

  /** The text was looked at too often. */
  static final class TooMuch extends RuntimeException {
    TooMuch() {
      super(null, null, false, false);
    }
  }

  private final String text;
  private long left;

  CountedText(String text) {
    this.text = text;
    this.left = FREE + PER_CHARACTER * text.length();
  }

  @Override
  public char charAt(int index) {
    if (--left < 0) {
      throw new TooMuch();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
