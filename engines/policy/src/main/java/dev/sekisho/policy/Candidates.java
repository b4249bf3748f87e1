package dev.sekisho.policy;

import java.util.List;
import java.util.Locale;

/**
 * A policy's statements with one effect. How their actions begin stands side by side in memory, to
 * tell at a glance which statements cannot name an action.
 *
 * <p>INVARIANT: a statement that names the action is never ruled out. Looking a statement over for
 * real reads half a dozen objects, which among thousands of policies no cache of the processor
 * holds; its start is sixteen bytes next to the last one's.
 */
final class Candidates {

  private static final int CHARACTERS = Long.BYTES;

  private final CompiledStatement[] statements;

  /** For each statement what its actions have in common, then which bits of it count. */
  private final long[] starts;

  private Candidates(CompiledStatement[] statements, long[] starts) {
    this.statements = statements;
    this.starts = starts;
  }

  static Candidates with(Effect effect, List<CompiledStatement> all) {
    CompiledStatement[] statements =
        all.stream()
            .filter(statement -> statement.effect() == effect)
            .toArray(CompiledStatement[]::new);
    long[] starts = new long[statements.length * 2];
    for (int i = 0; i < statements.length; i++) {
      String common = common(statements[i].source());
      starts[2 * i] = packed(common);
      starts[2 * i + 1] = mask(common.length());
    }
    return new Candidates(statements, starts);
  }

  /** Whether one applies, whoever the caller is. */
  boolean anyApplies(AccessRequest request) {
    for (int i = 0; i < statements.length; i++) {
      if (mayName(i, request) && statements[i].applies(request)) {
        return true;
      }
    }
    return false;
  }

  /** How closely one that applies names the caller. */
  Grant closest(AccessRequest request) {
    Grant closest = Grant.NONE;
    for (int i = 0; i < statements.length; i++) {
      if (mayName(i, request)) {
        Grant grant = statements[i].grant(request.principal());
        if (grant.compareTo(closest) > 0 && statements[i].applies(request)) {
          closest = grant;
        }
      }
    }
    return closest;
  }

  private boolean mayName(int statement, AccessRequest request) {
    return ((starts[2 * statement] ^ request.actionStart()) & starts[2 * statement + 1]) == 0;
  }

  /** The first characters of a folded action, one a byte. */
  static long packed(String action) {
    long packed = 0;
    for (int i = Math.min(action.length(), CHARACTERS) - 1; i >= 0; i--) {
      packed = (packed << Byte.SIZE) | (action.charAt(i) & 0xff);
    }
    return packed;
  }

  private static long mask(int length) {
    return length == 0 ? 0 : -1L >>> (Long.SIZE - length * Byte.SIZE);
  }

  /** What every action of the statement begins with; nothing where it names what is not meant. */
  private static String common(Statement statement) {
    Statement.Selection<String> actions = statement.actions();
    if (actions == null || actions.negated() || actions.values().isEmpty()) {
      return "";
    }
    List<String> values = actions.values();
    String common = fixed(values.getFirst());
    for (String value : values) {
      String other = fixed(value);
      int length = 0;
      while (length < Math.min(common.length(), other.length())
          && common.charAt(length) == other.charAt(length)) {
        length++;
      }
      common = common.substring(0, length);
    }
    return common;
  }

  /**
   * The folded characters before the first that could stand for another, or does not fit a byte.
   */
  private static String fixed(String action) {
    String folded = action.toLowerCase(Locale.ROOT);
    int end = 0;
    while (end < Math.min(folded.length(), CHARACTERS)
        && folded.charAt(end) != '*'
        && folded.charAt(end) != '?'
        && folded.charAt(end) < 0x80) {
      end++;
    }
    return folded.substring(0, end);
  }
}
