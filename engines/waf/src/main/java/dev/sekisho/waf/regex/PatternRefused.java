package dev.sekisho.waf.regex;

/** A pattern that is no regular expression, or one that would need too much room. */
public final class PatternRefused extends Exception {

  /**
   * @param why for whoever wrote the pattern
   */
  PatternRefused(String why) {
    super(why, null, false, false);
  }
}
