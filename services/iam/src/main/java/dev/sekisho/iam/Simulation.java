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
 * @param crossAccount whether the resources belong to another account than the caller
 * @param organization whether the answer says what the organisation's policies decide
 * @param serviceControl the organisation's policies by level, where they are given
 */
record Simulation(
    Principal caller,
    ContextKeys keys,
    List<CompiledPolicy> identity,
    @Nullable CompiledPolicy boundary,
    @Nullable CompiledPolicy resourcePolicy,
    boolean crossAccount,
    boolean organization,
    List<List<CompiledPolicy>> serviceControl) {

  private static final String EVERY_RESOURCE = "*";

  private static final String IDENTITY_POLICY = "IAM Policy";
  private static final String RESOURCE_POLICY = "Resource Policy";

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
                crossAccount));
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
        // What is missing for a resource is said where the resource is.
        .missingContextValues(
            resource.equals(EVERY_RESOURCE) ? explanation.missingKeys() : List.of())
        // Where the organisation denies, the simulation ends there.
        .evalDecisionDetails(
            byOrganization && !resource.equals(EVERY_RESOURCE) ? details(explanation) : null)
        .organizationsDecisionDetail(
            organization
                ? OrganizationsDecisionDetail.builder()
                    .allowedByOrganizations(byOrganization)
                    .build()
                : null)
        .permissionsBoundaryDecisionDetail(bounded)
        .resourceSpecificResults(
            resource.equals(EVERY_RESOURCE)
                ? null
                : List.of(
                    ResourceSpecificResult.builder()
                        .evalResourceName(resource)
                        .evalResourceDecision(decision)
                        .evalDecisionDetails(
                            crossAccount && byOrganization ? details(explanation) : null)
                        .matchedStatements(matched)
                        .missingContextValues(explanation.missingKeys())
                        .permissionsBoundaryDecisionDetail(bounded)
                        .build()))
        .build();
  }

  /** What each side decides by itself, where both have a say. */
  private Map<String, String> details(Explanation explanation) {
    return crossAccount
        ? Map.of(
            IDENTITY_POLICY, decided(explanation, PolicyType.IDENTITY),
            RESOURCE_POLICY, decided(explanation, PolicyType.RESOURCE))
        : Map.of();
  }

  private static String decided(Explanation explanation, PolicyType type) {
    List<Effect> effects =
        explanation.matched().stream()
            .filter(match -> match.type() == type)
            .map(Explanation.Match::effect)
            .toList();
    if (effects.contains(Effect.DENY)) {
      return name(new Decision.ExplicitDeny(type));
    }
    return name(effects.isEmpty() ? new Decision.ImplicitDeny(type) : Decision.ALLOW);
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
        .sourcePolicyType(match.type() == PolicyType.RESOURCE ? RESOURCE_POLICY : IDENTITY_POLICY)
        .startPosition(position(match.statement().line(), match.statement().column()))
        .endPosition(position(match.statement().endLine(), match.statement().endColumn()))
        .build();
  }

  private static Position position(int line, int column) {
    return Position.builder().line(line).column(column).build();
  }
}
