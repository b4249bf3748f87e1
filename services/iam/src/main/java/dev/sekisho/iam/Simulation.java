package dev.sekisho.iam;

import dev.sekisho.contract.iam.EvaluationResult;
import dev.sekisho.contract.iam.OrganizationsDecisionDetail;
import dev.sekisho.contract.iam.PermissionsBoundaryDecisionDetail;
import dev.sekisho.contract.iam.Position;
import dev.sekisho.contract.iam.ResourceSpecificResult;
import dev.sekisho.contract.iam.Statement;
import dev.sekisho.core.Principal;
import dev.sekisho.policy.AccessRequest;
import dev.sekisho.policy.CompiledPolicy;
import dev.sekisho.policy.ContextKeys;
import dev.sekisho.policy.Decision;
import dev.sekisho.policy.Effect;
import dev.sekisho.policy.Explainer;
import dev.sekisho.policy.Explanation;
import dev.sekisho.policy.PolicySet;
import dev.sekisho.policy.PolicyType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What policies would decide, without a call.
 *
 * @param organization whether the answer says what the organisation's policies decide
 * @param serviceControl the organisation's policies by level, where they are given
 */
record Simulation(
    Principal caller,
    ContextKeys keys,
    List<CompiledPolicy> identity,
    @Nullable CompiledPolicy boundary,
    @Nullable CompiledPolicy resourcePolicy,
    boolean organization,
    List<List<CompiledPolicy>> serviceControl) {

  /** What a given service control policy is called, by its level and its place there, from 1. */
  static String serviceControlId(int level, int number) {
    return "OrderedOrganizationPolicyInputList." + level + "." + number;
  }

  EvaluationResult evaluate(String action, String resource) {
    Explanation explanation =
        Explainer.explain(
            new AccessRequest(caller, action, resource, keys),
            new PolicySet(
                identity,
                boundary,
                null,
                resourcePolicy,
                PolicySet.Weight.EITHER,
                serviceControl,
                List.of(),
                null,
                false));
    String decision = name(explanation.decision());
    boolean byOrganization = allowedByOrganization(explanation);
    List<Statement> matched =
        explanation.matched().stream()
            .filter(match -> match.type() != PolicyType.BOUNDARY)
            .filter(match -> match.type() != PolicyType.SERVICE_CONTROL)
            .map(Simulation::shown)
            .toList();
    PermissionsBoundaryDecisionDetail bounded =
        boundary == null
            ? null
            : PermissionsBoundaryDecisionDetail.builder()
                .allowedByPermissionsBoundary(allowsWithinBoundary(explanation))
                .build();
    return EvaluationResult.builder()
        .evalActionName(action)
        .evalResourceName(resource)
        .evalDecision(decision)
        .matchedStatements(matched)
        .missingContextValues(explanation.missingKeys())
        // Where the organisation denies, the simulation ends there.
        .evalDecisionDetails(byOrganization ? Map.of() : null)
        .organizationsDecisionDetail(
            organization
                ? OrganizationsDecisionDetail.builder()
                    .allowedByOrganizations(byOrganization)
                    .build()
                : null)
        .permissionsBoundaryDecisionDetail(bounded)
        .resourceSpecificResults(
            List.of(
                ResourceSpecificResult.builder()
                    .evalResourceName(resource)
                    .evalResourceDecision(decision)
                    .matchedStatements(matched)
                    .missingContextValues(explanation.missingKeys())
                    .permissionsBoundaryDecisionDetail(bounded)
                    .build()))
        .build();
  }

  /** Whether every level has an allow and none a deny. */
  private boolean allowedByOrganization(Explanation explanation) {
    List<Explanation.Match> matches =
        explanation.matched().stream()
            .filter(match -> match.type() == PolicyType.SERVICE_CONTROL)
            .toList();
    return matches.stream().noneMatch(match -> match.effect() == Effect.DENY)
        && serviceControl.stream()
            .allMatch(level ->
                level.stream()
                    .anyMatch(policy ->
                        matches.stream().anyMatch(m -> m.policyId().equals(policy.id()))));
  }

  private static boolean allowsWithinBoundary(Explanation explanation) {
    List<Explanation.Match> ofBoundary =
        explanation.matched().stream()
            .filter(match -> match.type() == PolicyType.BOUNDARY)
            .toList();
    return ofBoundary.stream().anyMatch(match -> match.effect() == Effect.ALLOW)
        && ofBoundary.stream().noneMatch(match -> match.effect() == Effect.DENY);
  }

  private static String name(Decision decision) {
    return switch (decision) {
      case Decision.Allow _ -> "allowed";
      case Decision.ExplicitDeny _ -> "explicitDeny";
      case Decision.ImplicitDeny _ -> "implicitDeny";
    };
  }

  private static Statement shown(Explanation.Match match) {
    return Statement.builder()
        .sourcePolicyId(match.policyId())
        .sourcePolicyType(match.type() == PolicyType.RESOURCE ? "Resource Policy" : "IAM Policy")
        .startPosition(position(match.statement().line(), match.statement().column()))
        .endPosition(position(match.statement().endLine(), match.statement().endColumn()))
        .build();
  }

  private static Position position(int line, int column) {
    return Position.builder().line(line).column(column).build();
  }
}
