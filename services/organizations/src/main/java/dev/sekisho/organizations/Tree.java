package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.Child;
import dev.sekisho.contract.organizations.ListChildrenRequest;
import dev.sekisho.contract.organizations.ListChildrenResponse;
import dev.sekisho.contract.organizations.ListParentsRequest;
import dev.sekisho.contract.organizations.ListParentsResponse;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.contract.organizations.Parent;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Walks an organization's tree, up and down. */
final class Tree implements OrganizationsApi.Tree {

  private final OrganizationsContext organizations;
  private final Gate gate;

  Tree(OrganizationsContext organizations, Gate gate) {
    this.organizations = organizations;
    this.gate = gate;
  }

  /**
   * Makes sure that there is such a root or unit.
   *
   * @throws dev.sekisho.core.ServiceException ParentNotFoundException
   */
  static void requireParent(Handle handle, Organization organization, String id) {
    if (UnitStore.find(handle, organization, id).isEmpty()) {
      throw OrganizationsErrors.parentNotFound();
    }
  }

  /** Whether there is such a root, unit or account. */
  static boolean exists(Handle handle, Organization organization, String id) {
    return UnitStore.find(handle, organization, id).isPresent()
        || MemberStore.find(handle, organization, id).isPresent();
  }

  @Override
  public Guarded<ListChildrenResponse> listChildren(Call<ListChildrenRequest> call) {
    ListChildrenRequest input = call.input();
    boolean accounts = input.childType().equals("ACCOUNT");
    return gate.read(
        call,
        Gate.Who.READERS,
        Targets.entities(input.parentId()),
        (handle, organization) -> {
          PageRequest request =
              PageRequest.of(
                  call,
                  organizations.pages(),
                  input.parentId() + '/' + input.childType(),
                  input.nextToken(),
                  input.maxResults());
          requireParent(handle, organization, input.parentId());
          List<String> children =
              accounts
                  ? MemberStore.children(handle, input.parentId()).stream()
                      .map(member -> member.id().value())
                      .toList()
                  : UnitStore.children(handle, input.parentId()).stream().map(Unit::id).toList();
          PageRequest.Page<String> page = request.cut(children, id -> id);
          return ListChildrenResponse.builder()
              .children(
                  page.items().stream()
                      .map(id -> Child.builder().id(id).type(input.childType()).build())
                      .toList())
              .nextToken(page.nextToken())
              .build();
        });
  }

  @Override
  public Guarded<ListParentsResponse> listParents(Call<ListParentsRequest> call) {
    String child = call.input().childId();
    return gate.read(
        call,
        Gate.Who.READERS,
        Targets.entities(child),
        (handle, organization) -> {
          PageRequest request =
              PageRequest.of(
                  call,
                  organizations.pages(),
                  child,
                  call.input().nextToken(),
                  call.input().maxResults());
          String parent =
              parent(handle, organization, child).orElseThrow(OrganizationsErrors::childNotFound);
          PageRequest.Page<String> page = request.cut(List.of(parent), id -> id);
          return ListParentsResponse.builder()
              .parents(page.items().stream().map(Tree::parent).toList())
              .nextToken(page.nextToken())
              .build();
        });
  }

  private static Optional<String> parent(Handle handle, Organization organization, String child) {
    @Nullable String parent =
        child.startsWith("ou-")
            ? UnitStore.find(handle, organization, child).map(Unit::parent).orElse(null)
            : MemberStore.find(handle, organization, child).map(Member::parent).orElse(null);
    return Optional.ofNullable(parent);
  }

  private static Parent parent(String id) {
    return Parent.builder()
        .id(id)
        .type(id.startsWith("r-") ? "ROOT" : "ORGANIZATIONAL_UNIT")
        .build();
  }
}
