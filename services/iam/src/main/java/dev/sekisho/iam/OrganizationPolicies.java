package dev.sekisho.iam;

import dev.sekisho.core.OrganizationDirectory.ControlPolicy;
import dev.sekisho.core.OrganizationDirectory.Membership;
import dev.sekisho.policy.CompiledPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account's organization brings to every decision.
 *
 * @param id the organization's, if the account is in one
 * @param path the account's place in it
 * @param serviceControl by level; empty when nothing limits the account's principals
 * @param resourceControl by level; empty when nothing limits the use of the account's resources
 */
record OrganizationPolicies(
    @Nullable String id,
    @Nullable String path,
    List<List<CompiledPolicy>> serviceControl,
    List<List<CompiledPolicy>> resourceControl) {

  static final OrganizationPolicies NONE =
      new OrganizationPolicies(null, null, List.of(), List.of());

  static OrganizationPolicies of(Membership membership) {
    return new OrganizationPolicies(
        membership.organizationId(),
        membership.path(),
        compiled(membership.serviceControl()),
        compiled(membership.resourceControl()));
  }

  private static List<List<CompiledPolicy>> compiled(@Nullable List<List<ControlPolicy>> levels) {
    return levels == null
        ? List.of()
        : levels.stream()
            .map(level ->
                level.stream()
                    .map(policy -> Documents.compile(policy.arn(), policy.document()))
                    .toList())
            .toList();
  }

  /** Whether both accounts are in one organization. */
  boolean sameAs(OrganizationPolicies other) {
    return id != null && id.equals(other.id);
  }
}
