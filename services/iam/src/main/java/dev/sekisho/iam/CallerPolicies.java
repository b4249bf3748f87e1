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
 * @param organization what its account's organization says
 */
record CallerPolicies(
    List<CompiledPolicy> identity,
    @Nullable CompiledPolicy boundary,
    Map<String, String> tags,
    OrganizationPolicies organization) {

  static final CallerPolicies NONE =
      new CallerPolicies(List.of(), null, Map.of(), OrganizationPolicies.NONE);

  CallerPolicies {
    identity = List.copyOf(identity);
    tags = Map.copyOf(tags);
  }

  CallerPolicies in(OrganizationPolicies of) {
    return new CallerPolicies(identity, boundary, tags, of);
  }
}
