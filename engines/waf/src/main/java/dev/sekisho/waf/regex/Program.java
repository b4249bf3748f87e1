package dev.sekisho.waf.regex;

import java.util.ArrayList;
import java.util.List;

/**
 * Patterns as instructions of one machine that is in many places at once (Thompson's construction).
 *
 * @see <a href="https://doi.org/10.1145/363347.363387">Thompson, Regular Expression Search
 *     Algorithm</a>
 */
final class Program {

  /**
   * What a pattern of WAF's length needs many times over; counts multiply where they are nested.
   */
  static final int MOST_OF_ONE = 20_000;

  /** What the machine does at a place. */
  sealed interface Instruction {

    /** Reads one of these bytes. */
    record Read(ByteSet bytes, int next) implements Instruction {}

    /** Goes on at both. */
    record Fork(int one, int other) implements Instruction {}

    /** Goes on where the assertion holds. */
    record Check(Assertion assertion, int next) implements Instruction {}

    /** The pattern of this number is there. */
    record Found(int pattern) implements Instruction {}
  }

  private final List<Instruction> instructions = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private int limit;

  /** Adds a pattern, whose number is how many there were before it. */
  void add(Node pattern) throws PatternRefused {
    int before = instructions.size();
    limit = before + MOST_OF_ONE;
    try {
      int found = emit(new Instruction.Found(starts.size()));
      starts.add(build(pattern, found));
    } catch (PatternRefused refused) {
      instructions.subList(before, instructions.size()).clear();
      throw refused;
    }
  }

  /** Builds from the end, so that each instruction knows the next. */
  private int build(Node node, int next) throws PatternRefused {
    return switch (node) {
      case Node.Empty() -> next;
      case Node.One(ByteSet bytes) -> emit(new Instruction.Read(bytes, next));
      case Node.Place(Assertion assertion) -> emit(new Instruction.Check(assertion, next));
      case Node.Sequence(List<Node> parts) -> {
        int begin = next;
        for (Node part : parts.reversed()) {
          begin = build(part, begin);
        }
        yield begin;
      }
      case Node.Choice(List<Node> ways) -> {
        int begin = build(ways.getLast(), next);
        for (Node way : ways.subList(0, ways.size() - 1).reversed()) {
          begin = emit(new Instruction.Fork(build(way, next), begin));
        }
        yield begin;
      }
      case Node.Repeat(Node part, int least, int most) -> repeat(part, least, most, next);
    };
  }

  private int repeat(Node part, int least, int most, int next) throws PatternRefused {
    int begin = next;
    if (most < 0) {
      int loop = emit(new Instruction.Fork(next, next));
      instructions.set(loop, new Instruction.Fork(build(part, loop), next));
      begin = loop;
    } else {
      for (int i = least; i < most; i++) {
        begin = emit(new Instruction.Fork(build(part, begin), next));
      }
    }
    for (int i = 0; i < least; i++) {
      begin = build(part, begin);
    }
    return begin;
  }

  private int emit(Instruction instruction) throws PatternRefused {
    if (instructions.size() >= limit) {
      throw new PatternRefused("the pattern repeats too much in what it repeats");
    }
    instructions.add(instruction);
    return instructions.size() - 1;
  }

  Instruction[] instructions() {
    return instructions.toArray(Instruction[]::new);
  }

  /** Where each pattern begins. */
  int[] starts() {
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }
}
