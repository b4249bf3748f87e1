package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.ListTagsForResourceRequest;
import dev.sekisho.contract.organizations.ListTagsForResourceResponse;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.contract.organizations.Tag;
import dev.sekisho.contract.organizations.TagResourceRequest;
import dev.sekisho.contract.organizations.TagResourceResponse;
import dev.sekisho.contract.organizations.UntagResourceRequest;
import dev.sekisho.contract.organizations.UntagResourceResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Tags on whatever in an organization can carry them. */
final class Tagging implements OrganizationsApi.Tagging {

  private final OrganizationsContext organizations;
  private final Gate gate;

  Tagging(OrganizationsContext organizations, Gate gate) {
    this.organizations = organizations;
    this.gate = gate;
  }

  @Override
  public Guarded<TagResourceResponse> tagResource(Call<TagResourceRequest> call) {
    TagResourceRequest input = call.input();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        (handle, organization, action) ->
            Targets.taggable(input.resourceId()).checks(handle, organization, action).stream()
                .map(check -> TagStore.requested(check, input.tags()))
                .toList(),
        (transaction, organization) -> {
          List<Tag> tags = TagStore.check(input.tags());
          require(StoreTransaction.handle(transaction), organization, input.resourceId());
          TagStore.put(transaction, organization, input.resourceId(), tags);
          return TagResourceResponse.builder().build();
        });
  }

  @Override
  public Guarded<UntagResourceResponse> untagResource(Call<UntagResourceRequest> call) {
    UntagResourceRequest input = call.input();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        (handle, organization, action) ->
            Targets.taggable(input.resourceId()).checks(handle, organization, action).stream()
                .map(check -> check.with("aws:TagKeys", input.tagKeys()))
                .toList(),
        (transaction, organization) -> {
          require(StoreTransaction.handle(transaction), organization, input.resourceId());
          TagStore.remove(transaction, input.resourceId(), input.tagKeys());
          return UntagResourceResponse.builder().build();
        });
  }

  @Override
  public Guarded<ListTagsForResourceResponse> listTagsForResource(
      Call<ListTagsForResourceRequest> call) {
    String id = call.input().resourceId();
    return gate.read(
        call,
        Gate.Who.READERS,
        Targets.taggable(id),
        (handle, organization) -> {
          PageRequest request =
              PageRequest.of(call, organizations.pages(), id, call.input().nextToken(), null);
          require(handle, organization, id);
          PageRequest.Page<Tag> page = request.cut(TagStore.of(handle, id), Tag::key);
          return ListTagsForResourceResponse.builder()
              .tags(page.items())
              .nextToken(page.nextToken())
              .build();
        });
  }

  private static void require(Handle handle, Organization organization, String id) {
    boolean there =
        id.startsWith("rp-")
            ? DelegationPolicy.exists(handle, organization, id)
            : id.startsWith("p-")
                ? !AwsManagedPolicies.isOne(id)
                    && PolicyStore.find(handle, organization, id).isPresent()
                : Tree.exists(handle, organization, id);
    if (!there) {
      throw OrganizationsErrors.targetNotFound();
    }
  }
}
