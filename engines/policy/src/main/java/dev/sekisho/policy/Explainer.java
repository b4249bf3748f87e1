package dev.sekisho.policy;

import dev.sekisho.core.Principal;
import dev.sekisho.policy.Explanation.Match;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Explains decisions: looks at every statement instead of stopping at the first that settles it.
 *
 * <p>INVARIANT: the explained decision is the one {@link Evaluator} gives. It is reached another
 * way, from the statements that apply, so that each is a check on the other.
 */
public final class Explainer {

  private final AccessRequest request;
  private final PolicySet policies;
  private final List<Match> matched = new ArrayList<>();
  private final Set<String> missing = new LinkedHashSet<>();

  private Explainer(AccessRequest request, PolicySet policies) {
    this.request = request;
    this.policies = policies;
  }

  /** Explains the decision on the request. */
  public static Explanation explain(AccessRequest request, PolicySet policies) {
    return new Explainer(request, policies).explain();
  }

  private Explanation explain() {
    boolean service = request.principal() instanceof Principal.Service;
    List<List<Match>> serviceLevels = new ArrayList<>();
    if (!service) {
      policies
          .serviceControl()
          .forEach(level -> serviceLevels.add(collect(PolicyType.SERVICE_CONTROL, level)));
    }
    List<List<Match>> resourceLevels = new ArrayList<>();
    policies
        .resourceControl()
        .forEach(level -> resourceLevels.add(collect(PolicyType.RESOURCE_CONTROL, level)));
    List<Match> resource = collect(Evaluator.resourceType(policies), list(policies.resource()));
    List<Match> identity = collect(PolicyType.IDENTITY, policies.identity());
    List<Match> boundary = collect(PolicyType.BOUNDARY, list(policies.boundary()));
    List<Match> session =
        collect(PolicyType.SESSION, policies.session() == null ? List.of() : policies.session());
    List<Match> endpoint = collect(PolicyType.VPC_ENDPOINT, list(policies.endpoint()));

    Match denial =
        Stream.of(
                serviceLevels.stream().flatMap(Collection::stream),
                resourceLevels.stream().flatMap(Collection::stream),
                resource.stream(),
                identity.stream(),
                boundary.stream(),
                session.stream(),
                endpoint.stream())
            .flatMap(each -> each)
            .filter(match -> match.effect() == Effect.DENY)
            .findFirst()
            .orElse(null);
    Decision decision;
    if (denial != null) {
      decision = new Decision.ExplicitDeny(denial.type());
    } else {
      PolicyType wanting =
          wanting(serviceLevels, resourceLevels, resource, identity, boundary, session, endpoint);
      decision = wanting == null ? Decision.ALLOW : new Decision.ImplicitDeny(wanting);
    }
    return new Explanation(decision, matched, List.copyOf(missing));
  }

  private static List<CompiledPolicy> list(@Nullable CompiledPolicy policy) {
    return policy == null ? List.of() : List.of(policy);
  }

  /** The statements of the policies that apply; what they ask for and miss is noted on the way. */
  private List<Match> collect(PolicyType type, List<CompiledPolicy> from) {
    List<Match> found = new ArrayList<>();
    for (CompiledPolicy policy : from) {
      for (CompiledStatement statement : policy.statements()) {
        Grant grant = namesPrincipals(type) ? statement.grant(request.principal()) : Grant.EVERYONE;
        if (grant == Grant.NONE || !statement.names(request)) {
          continue;
        }
        for (CompiledCondition condition : statement.conditions()) {
          if (request.context().values(condition.key()) == null) {
            missing.add(condition.key());
          }
        }
        if (statement.applies(request)) {
          found.add(new Match(type, policy.id(), statement.source(), grant));
        }
      }
    }
    matched.addAll(found);
    return found;
  }

  private static boolean namesPrincipals(PolicyType type) {
    return switch (type) {
      case RESOURCE, TRUST, VPC_ENDPOINT -> true;
      case SERVICE_CONTROL, RESOURCE_CONTROL, IDENTITY, BOUNDARY, SESSION -> false;
    };
  }

  /** The first type of policy that had to allow and did not, in AWS's order; null when all did. */
  private @Nullable PolicyType wanting(
      List<List<Match>> serviceLevels,
      List<List<Match>> resourceLevels,
      List<Match> resource,
      List<Match> identity,
      List<Match> boundary,
      List<Match> session,
      List<Match> endpoint) {
    if (resourceLevels.stream().anyMatch(level -> !allows(level))) {
      return PolicyType.RESOURCE_CONTROL;
    }
    if (serviceLevels.stream().anyMatch(level -> !allows(level))) {
      return PolicyType.SERVICE_CONTROL;
    }
    if (policies.endpoint() != null && !allows(endpoint)) {
      return PolicyType.VPC_ENDPOINT;
    }
    Principal caller = request.principal();
    boolean without = Evaluator.hasNoPolicies(caller);
    boolean resourceMust =
        without || policies.crossAccount() || policies.weight() != PolicySet.Weight.EITHER;
    if (resourceMust && !allows(resource)) {
      return Evaluator.resourceType(policies);
    }
    if (without) {
      return null;
    }
    Grant closest = resource.stream().map(Match::grant).max(Grant::compareTo).orElse(Grant.NONE);
    Lifted lifted = policies.crossAccount() ? Lifted.NOTHING : Lifted.by(closest, caller);
    if (!(caller instanceof Principal.Root) && !lifted.identity() && !allows(identity)) {
      return PolicyType.IDENTITY;
    }
    if (policies.boundary() != null && !lifted.boundary() && !allows(boundary)) {
      return PolicyType.BOUNDARY;
    }
    return policies.session() != null && !lifted.session() && !allows(session)
        ? PolicyType.SESSION
        : null;
  }

  private static boolean allows(List<Match> matches) {
    return matches.stream().anyMatch(match -> match.effect() == Effect.ALLOW);
  }
}
