package dev.sekisho.waf.regex;

import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The machine of a program, whose states are made when a text first needs them and kept for the
 * next. At most so many are kept; then all are let go.
 *
 * <p>INVARIANT: a text costs one step a byte, whatever the text and the patterns; a step whose
 * state is not kept costs as much as the program is long. Safe for many threads: what they share
 * never changes once it is there, and what two make at the same time is the same.
 */
final class Automaton {

  private static final int MOST_STATES = 4_096;

  /** What has been read so far, as far as it matters. */
  private static final class State {
    final int[] places;
    final int before;
    final Step[] steps;

    State(int[] places, int before, int symbols) {
      this.places = places;
      this.before = before;
      this.steps = new Step[symbols];
    }
  }

  /**
   * Where a byte leads.
   *
   * @param found the patterns that were there before the byte
   */
  private record Step(State next, int[] found) {}

  /** What a state is known by. */
  private record Key(int before, String places) {}

  private final Program.Instruction[] instructions;
  private final int[] starts;
  private final boolean checks;
  private final Symbols symbols;
  private volatile ConcurrentHashMap<Key, State> states = new ConcurrentHashMap<>();

  Automaton(Program program) {
    instructions = program.instructions();
    starts = program.starts();
    checks = Arrays.stream(instructions).anyMatch(Program.Instruction.Check.class::isInstance);
    symbols = Symbols.of(instructions);
  }

  /**
   * Which patterns are anywhere in the text.
   *
   * @param first whether one is enough
   */
  BitSet find(byte[] text, boolean first) {
    BitSet found = new BitSet();
    State state = state(new int[0], checks ? Assertion.EDGE : 0);
    int[] kinds = symbols.kinds();
    for (int i = 0; i <= text.length; i++) {
      int kind;
      if (i == text.length) {
        kind = symbols.end();
      } else if (i == text.length - 1 && text[i] == '\n') {
        kind = symbols.lastNewline();
      } else {
        kind = kinds[text[i] & 0xff];
      }
      Step step = state.steps[kind];
      if (step == null) {
        step = step(state, kind);
        state.steps[kind] = step;
      }
      if (step.found.length > 0) {
        for (int pattern : step.found) {
          found.set(pattern);
        }
        if (first || found.cardinality() == starts.length) {
          return found;
        }
      }
      state = step.next;
    }
    return found;
  }

  private State state(int[] places, int before) {
    ConcurrentHashMap<Key, State> kept = states;
    if (kept.size() >= MOST_STATES) {
      kept = new ConcurrentHashMap<>();
      states = kept;
    }
    StringBuilder name = new StringBuilder(2 * places.length);
    for (int place : places) {
      name.append((char) (place >>> 16)).append((char) place);
    }
    return kept.computeIfAbsent(
        new Key(before, name.toString()), _ -> new State(places, before, symbols.count()));
  }

  private Step step(State state, int kind) {
    int after = symbols.sample(kind);
    boolean last = kind == symbols.lastNewline();
    BitSet seen = new BitSet();
    BitSet next = new BitSet();
    BitSet found = new BitSet();
    int[] open = new int[instructions.length + 1];
    int count = 0;
    // A pattern may begin anywhere, so here as well.
    for (int[] from : new int[][] {state.places, starts}) {
      for (int place : from) {
        if (!seen.get(place)) {
          seen.set(place);
          open[count++] = place;
        }
      }
    }
    while (count > 0) {
      int one = -1;
      int other = -1;
      switch (instructions[open[--count]]) {
        case Program.Instruction.Read(ByteSet bytes, int follows) -> {
          if (after != Assertion.EDGE && bytes.has(after)) {
            next.set(follows);
          }
        }
        case Program.Instruction.Fork(int left, int right) -> {
          one = left;
          other = right;
        }
        case Program.Instruction.Check(Assertion assertion, int follows) -> {
          if (assertion.holds(state.before, after, last)) {
            one = follows;
          }
        }
        case Program.Instruction.Found(int pattern) -> found.set(pattern);
      }
      for (int place : new int[] {one, other}) {
        if (place >= 0 && !seen.get(place)) {
          seen.set(place);
          open[count++] = place;
        }
      }
    }
    return new Step(
        state(next.stream().toArray(), checks ? told(after) : 0), found.stream().toArray());
  }

  /** A byte that is the same to every assertion, so that there are few states. */
  private static int told(int before) {
    if (before == Assertion.EDGE || before == '\n') {
      return before;
    }
    return ByteSet.isWord(before) ? 'a' : ' ';
  }
}
