package dev.sekisho.waf.regex;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which bytes are all the same to a machine, so that its tables have a column for each kind and not
 * for each byte. A line's end that ends the text, and the end of the text, are kinds of their own.
 *
 * @param kinds the kind of each byte
 * @param samples a byte of each kind
 */
record Symbols(int[] kinds, int[] samples) {

  static Symbols of(Program.Instruction[] instructions) {
    Set<ByteSet> told = new LinkedHashSet<>();
    for (Program.Instruction each : instructions) {
      switch (each) {
        case Program.Instruction.Read(ByteSet bytes, int _) -> told.add(bytes);
        case Program.Instruction.Check _ -> {
          told.add(ByteSet.WORD);
          told.add(ByteSet.NEWLINE);
        }
        case Program.Instruction.Fork _, Program.Instruction.Found _ -> {
          // These read nothing.
        }
      }
    }
    int[] kinds = new int[256];
    for (ByteSet bytes : told) {
      split(kinds, bytes);
    }
    int count = 1;
    for (int kind : kinds) {
      count = Math.max(count, kind + 1);
    }
    int[] samples = new int[count];
    for (int i = 255; i >= 0; i--) {
      samples[kinds[i]] = i;
    }
    return new Symbols(kinds, samples);
  }

  private static void split(int[] kinds, ByteSet bytes) {
    Map<Integer, Integer> renamed = new HashMap<>();
    for (int i = 0; i < kinds.length; i++) {
      int key = 2 * kinds[i] + (bytes.has(i) ? 1 : 0);
      Integer kind = renamed.get(key);
      if (kind == null) {
        kind = renamed.size();
        renamed.put(key, kind);
      }
      kinds[i] = kind;
    }
  }

  /** How many columns there are. */
  int count() {
    return samples.length + 2;
  }

  /** The kind of a line's end that ends the text. */
  int lastNewline() {
    return samples.length;
  }

  /** The kind of the text's end. */
  int end() {
    return samples.length + 1;
  }

  /** The byte that stands for the kind, or {@link Assertion#EDGE}. */
  int sample(int kind) {
    return kind < samples.length ? samples[kind] : kind == end() ? Assertion.EDGE : '\n';
  }
}
