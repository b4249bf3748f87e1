package dev.sekisho.iam;

import dev.sekisho.policy.CompiledPolicy;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compiled forms of documents, kept by their text: who has a policy in common with others shares
 * its compiled form, and a policy that comes with many calls is compiled once. Bounded; safe for
 * many threads.
 */
final class CompiledDocuments {

  private static final int CAPACITY = 10_000;

  /**
   * @param id what explanations call the policy
   */
  private record Key(String id, String document) {}

  private final ConcurrentHashMap<Key, CompiledPolicy> compiled = new ConcurrentHashMap<>();

  /** A document without a name, which comes with a call: of a resource or a session. */
  CompiledPolicy of(String document) {
    return of("", document);
  }

  CompiledPolicy of(String id, String document) {
    Key key = new Key(id, document);
    CompiledPolicy known = compiled.get(key);
    if (known == null) {
      known = Documents.compile(id, document);
      if (compiled.size() >= CAPACITY) {
        compiled.clear();
      }
      compiled.put(key, known);
    }
    return known;
  }
}
