package dev.sekisho.iam;

import dev.sekisho.policy.CompiledPolicy;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compiled forms of documents that come with a call (resource and session policies), kept by their
 * text. Bounded; safe for many threads.
 */
final class CompiledDocuments {

  private static final int CAPACITY = 10_000;

  private final ConcurrentHashMap<String, CompiledPolicy> compiled = new ConcurrentHashMap<>();

  CompiledPolicy of(String document) {
    CompiledPolicy known = compiled.get(document);
    if (known == null) {
      known = Documents.compile("", document);
      if (compiled.size() >= CAPACITY) {
        compiled.clear();
      }
      compiled.put(document, known);
    }
    return known;
  }
}
