package dev.sekisho.waf.regex;

import java.util.BitSet;
import java.util.List;

/**
 * Patterns that are looked for all at once. Immutable for those who use it, and safe for many
 * threads.
 *
 * <p>The syntax is PCRE's as far as it is regular: groups, named or not; the flags {@code i},
 * {@code s}, {@code m} and {@code x}; classes with ranges and POSIX names; {@code \d \w \s \h \v
 * \N} and their opposites; {@code ^ $ \A \z \Z \b \B}; counts up to 1,000; lazy quantifiers, which
 * find the same. Texts are bytes: a character beyond ASCII in a pattern is its bytes in UTF-8, and
 * {@code .} is any byte but a line's end.
 */
public final class PatternSet {

  private final Automaton automaton;

  private PatternSet(Automaton automaton) {
    this.automaton = automaton;
  }

  /**
   * Compiles patterns.
   *
   * @throws PatternRefused when one is not a regular expression or would need too much room
   */
  public static PatternSet of(List<String> patterns) throws PatternRefused {
    Program program = new Program();
    for (String pattern : patterns) {
      program.add(Parser.parse(pattern));
    }
    return new PatternSet(new Automaton(program));
  }

  /** Whether any of them is anywhere in the text. */
  public boolean matches(byte[] text) {
    return !automaton.find(text, true).isEmpty();
  }

  /** The numbers of those that are anywhere in the text. */
  public BitSet found(byte[] text) {
    return automaton.find(text, false);
  }
}
