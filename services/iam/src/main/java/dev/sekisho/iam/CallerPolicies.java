package dev.sekisho.iam;

import dev.sekisho.policy.CompiledPolicy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user or role brings to every decision.
 *
 * @param identity its own policies and its groups'
 * @param tags its tags, by key
 */
record CallerPolicies(
    List<CompiledPolicy> identity, @Nullable CompiledPolicy boundary, Map<String, String> tags) {

  static final CallerPolicies NONE = new CallerPolicies(List.of(), null, Map.of());

  CallerPolicies {
    identity = List.copyOf(identity);
    tags = Map.copyOf(tags);
  }
}
