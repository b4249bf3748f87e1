package dev.sekisho.policy;

import dev.sekisho.core.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides a request by AWS's evaluation order.
 *
 * <p>INVARIANT: an explicit deny anywhere wins; without a clear yes the answer is no.
 */
public final class Evaluator {

  private Evaluator() {}

  /** The decision; stateless, safe for many threads. */
  public static Decision decide(AccessRequest request, PolicySet policies) {
    Decision denied = explicitDeny(request, policies);
    if (denied != null) {
      return denied;
    }
    boolean service = request.principal() instanceof Principal.Service;
    if (!everyLevelAllows(policies.resourceControl(), request)) {
      return new Decision.ImplicitDeny(PolicyType.RESOURCE_CONTROL);
    }
    if (!service && !everyLevelAllows(policies.serviceControl(), request)) {
      return new Decision.ImplicitDeny(PolicyType.SERVICE_CONTROL);
    }
    CompiledPolicy endpoint = policies.endpoint();
    if (endpoint != null && endpoint.grant(Effect.ALLOW, request) == Grant.NONE) {
      return new Decision.ImplicitDeny(PolicyType.VPC_ENDPOINT);
    }
    CompiledPolicy resource = policies.resource();
    Grant grant = resource == null ? Grant.NONE : resource.grant(Effect.ALLOW, request);
    return weigh(request, policies, grant);
  }

  private static @Nullable Decision explicitDeny(AccessRequest request, PolicySet policies) {
    boolean service = request.principal() instanceof Principal.Service;
    if (!service && anyLevelDenies(policies.serviceControl(), request)) {
      return new Decision.ExplicitDeny(PolicyType.SERVICE_CONTROL);
    }
    if (anyLevelDenies(policies.resourceControl(), request)) {
      return new Decision.ExplicitDeny(PolicyType.RESOURCE_CONTROL);
    }
    CompiledPolicy resource = policies.resource();
    if (resource != null && resource.grant(Effect.DENY, request) != Grant.NONE) {
      return new Decision.ExplicitDeny(resourceType(policies));
    }
    if (anyHas(policies.identity(), Effect.DENY, request)) {
      return new Decision.ExplicitDeny(PolicyType.IDENTITY);
    }
    CompiledPolicy boundary = policies.boundary();
    if (boundary != null && boundary.has(Effect.DENY, request)) {
      return new Decision.ExplicitDeny(PolicyType.BOUNDARY);
    }
    List<CompiledPolicy> session = policies.session();
    if (session != null && anyHas(session, Effect.DENY, request)) {
      return new Decision.ExplicitDeny(PolicyType.SESSION);
    }
    CompiledPolicy endpoint = policies.endpoint();
    return endpoint != null && endpoint.grant(Effect.DENY, request) != Grant.NONE
        ? new Decision.ExplicitDeny(PolicyType.VPC_ENDPOINT)
        : null;
  }

  private static Decision weigh(AccessRequest request, PolicySet policies, Grant grant) {
    boolean noOwnPolicies = hasNoPolicies(request.principal());
    boolean resourceMustAllow =
        noOwnPolicies || policies.crossAccount() || policies.weight() != PolicySet.Weight.EITHER;
    if (resourceMustAllow && grant == Grant.NONE) {
      return new Decision.ImplicitDeny(resourceType(policies));
    }
    if (noOwnPolicies) {
      return Decision.ALLOW;
    }
    Lifted lifted =
        policies.crossAccount() ? Lifted.NOTHING : Lifted.by(grant, request.principal());
    boolean root = request.principal() instanceof Principal.Root;
    if (!root && !lifted.identity() && !anyHas(policies.identity(), Effect.ALLOW, request)) {
      return new Decision.ImplicitDeny(PolicyType.IDENTITY);
    }
    CompiledPolicy boundary = policies.boundary();
    if (boundary != null && !lifted.boundary() && !boundary.has(Effect.ALLOW, request)) {
      return new Decision.ImplicitDeny(PolicyType.BOUNDARY);
    }
    List<CompiledPolicy> session = policies.session();
    if (session != null && !lifted.session() && !anyHas(session, Effect.ALLOW, request)) {
      return new Decision.ImplicitDeny(PolicyType.SESSION);
    }
    return Decision.ALLOW;
  }

  /** Whether nothing but the resource's policy can let the caller in. */
  static boolean hasNoPolicies(Principal caller) {
    return switch (caller) {
      case Principal.Service _,
          Principal.Anonymous _,
          Principal.WebIdentity _,
          Principal.SamlIdentity _ ->
          true;
      case Principal.Root _, Principal.User _, Principal.RoleSession _, Principal.FederatedUser _ ->
          false;
    };
  }

  static PolicyType resourceType(PolicySet policies) {
    return switch (policies.weight()) {
      case EITHER, RESOURCE_REQUIRED -> PolicyType.RESOURCE;
      case TRUST_REQUIRED -> PolicyType.TRUST;
    };
  }

  private static boolean everyLevelAllows(
      List<List<CompiledPolicy>> levels, AccessRequest request) {
    for (List<CompiledPolicy> level : levels) {
      if (!anyHas(level, Effect.ALLOW, request)) {
        return false;
      }
    }
    return true;
  }

  private static boolean anyLevelDenies(List<List<CompiledPolicy>> levels, AccessRequest request) {
    for (List<CompiledPolicy> level : levels) {
      if (anyHas(level, Effect.DENY, request)) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyHas(
      List<CompiledPolicy> policies, Effect effect, AccessRequest request) {
    for (CompiledPolicy policy : policies) {
      if (policy.has(effect, request)) {
        return true;
      }
    }
    return false;
  }
}
