package dev.sekisho.s3;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Removes files that were written for changes that were then refused, such as a lost race. */
final class UnclaimedFiles {

  /** Far longer than it takes from the end of a body to the end of its transaction. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final ObjectFiles files;
  private final UnaryOperator<Set<String>> used;
  private final Map<String, Instant> seen = new HashMap<>();

  /**
   * @param used those of the names that belong to something
   */
  UnclaimedFiles(ObjectFiles files, UnaryOperator<Set<String>> used) {
    this.files = files;
    this.used = used;
  }

  synchronized void remove(Instant now) {
    Set<String> pending = files.pending();
    seen.keySet().retainAll(pending);
    pending.forEach(name -> seen.putIfAbsent(name, now));
    Set<String> old = new HashSet<>(pending);
    old.removeIf(name -> !now.isAfter(seen.getOrDefault(name, now).plus(PATIENCE)));
    if (!old.isEmpty()) {
      Set<String> claimed = used.apply(old);
      files.keep(claimed);
      old.removeAll(claimed);
      files.delete(old);
    }
  }
}
