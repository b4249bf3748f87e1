package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.DescribeEffectivePolicyRequest;
import dev.sekisho.contract.organizations.DescribeEffectivePolicyResponse;
import dev.sekisho.contract.organizations.EffectivePolicy;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** What the policies of a type come to for one account, all levels taken together. */
final class EffectivePolicies implements OrganizationsApi.EffectivePolicies {

  private final Gate gate;

  EffectivePolicies(Gate gate) {
    this.gate = gate;
  }

  @Override
  public Guarded<DescribeEffectivePolicyResponse> describeEffectivePolicy(
      Call<DescribeEffectivePolicyRequest> call) {
    DescribeEffectivePolicyRequest input = call.input();
    String own = call.account().value();
    String target = Objects.requireNonNullElse(input.targetId(), own);
    PolicyType type = PolicyType.valueOf(input.policyType());
    return gate.read(
        call,
        target.equals(own) ? Gate.Who.MEMBERS : Gate.Who.READERS,
        (_, organization, action) ->
            List.of(
                AccessCheck.of(action, organization.entityArn(target))
                    .with("organizations:PolicyType", type.name())),
        (handle, organization) ->
            DescribeEffectivePolicyResponse.builder()
                .effectivePolicy(merged(handle, organization, target, type))
                .build());
  }

  private static EffectivePolicy merged(
      Handle handle, Organization organization, String target, PolicyType type) {
    Member member =
        MemberStore.find(handle, organization, target)
            .orElseThrow(OrganizationsErrors::targetNotFound);
    List<String> entities = new ArrayList<>();
    UnitStore.way(handle, organization, member.parent()).forEach(unit -> entities.add(unit.id()));
    entities.add(target);
    List<List<String>> levels =
        entities.stream()
            .map(entity ->
                AttachmentStore.policies(handle, entity, type).stream()
                    .map(id -> Policies.require(handle, organization, id).content())
                    .toList())
            .toList();
    if (levels.stream().allMatch(List::isEmpty)) {
      throw OrganizationsErrors.effectivePolicyNotFound();
    }
    Instant changed =
        entities.stream()
            .map(entity -> AttachmentStore.lastChange(handle, entity, type))
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    return EffectivePolicy.builder()
        .policyContent(InheritedDocument.merge(type, levels))
        .lastUpdatedTimestamp(changed)
        .targetId(target)
        .policyType(type.name())
        .build();
  }
}
