package dev.sekisho.waf.regex;

import java.util.List;

/** What a pattern says. */
sealed interface Node {

  /** Nothing, which is always there. */
  record Empty() implements Node {}

  /** One byte of these. */
  record One(ByteSet bytes) implements Node {}

  record Sequence(List<Node> parts) implements Node {}

  record Choice(List<Node> ways) implements Node {}

  /**
   * The same several times.
   *
   * @param most -1 for any number
   */
  record Repeat(Node part, int least, int most) implements Node {}

  /** A place between two bytes. */
  record Place(Assertion assertion) implements Node {}
}
