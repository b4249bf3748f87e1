package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.CreateOrganizationalUnitRequest;
import dev.sekisho.contract.organizations.CreateOrganizationalUnitResponse;
import dev.sekisho.contract.organizations.DeleteOrganizationalUnitRequest;
import dev.sekisho.contract.organizations.DeleteOrganizationalUnitResponse;
import dev.sekisho.contract.organizations.DescribeOrganizationalUnitRequest;
import dev.sekisho.contract.organizations.DescribeOrganizationalUnitResponse;
import dev.sekisho.contract.organizations.ListOrganizationalUnitsForParentRequest;
import dev.sekisho.contract.organizations.ListOrganizationalUnitsForParentResponse;
import dev.sekisho.contract.organizations.OrganizationalUnit;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.contract.organizations.UpdateOrganizationalUnitRequest;
import dev.sekisho.contract.organizations.UpdateOrganizationalUnitResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Organizational units: the branches of an organization's tree. */
final class OrganizationalUnits implements OrganizationsApi.OrganizationalUnits {

  private static final int DEPTH = 5;
  private static final int QUOTA = 2_000;

  private final OrganizationsContext organizations;
  private final Gate gate;
  private final Ids ids;

  OrganizationalUnits(OrganizationsContext organizations, Gate gate, Ids ids) {
    this.organizations = organizations;
    this.gate = gate;
    this.ids = ids;
  }

  @Override
  public Guarded<CreateOrganizationalUnitResponse> createOrganizationalUnit(
      Call<CreateOrganizationalUnitRequest> call) {
    CreateOrganizationalUnitRequest input = call.input();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        (_, organization, action) ->
            List.of(
                TagStore.requested(
                    AccessCheck.of(action, organization.entityArn(input.parentId())),
                    input.tags())),
        (transaction, organization) -> create(transaction, organization, input));
  }

  private CreateOrganizationalUnitResponse create(
      Transaction transaction, Organization organization, CreateOrganizationalUnitRequest input) {
    Handle handle = StoreTransaction.handle(transaction);
    var tags = TagStore.check(input.tags());
    List<Unit> way = UnitStore.way(handle, organization, input.parentId());
    if (way.isEmpty()) {
      throw OrganizationsErrors.parentNotFound();
    }
    if (way.size() > DEPTH) {
      throw OrganizationsErrors.constraint(
          "OU_DEPTH_LIMIT_EXCEEDED", "You have exceeded the allowed depth of the OU tree.");
    }
    if (UnitStore.all(handle, organization).size() > QUOTA) {
      throw OrganizationsErrors.constraint(
          "OU_NUMBER_LIMIT_EXCEEDED", "You have exceeded the allowed number of OUs.");
    }
    if (UnitStore.named(handle, input.parentId(), input.name()).isPresent()) {
      throw OrganizationsErrors.duplicateUnit();
    }
    Unit unit =
        new Unit(
            ids.unit(organization.rootId()), organization.id(), input.parentId(), input.name());
    UnitStore.insert(transaction, unit);
    AttachmentStore.attachUsual(
        transaction,
        organization,
        unit.id(),
        PolicyStore.enabled(handle, organization),
        organizations.now());
    TagStore.put(transaction, organization, unit.id(), tags);
    organizations.changed(transaction);
    return CreateOrganizationalUnitResponse.builder()
        .organizationalUnit(shown(handle, organization, unit))
        .build();
  }

  @Override
  public Guarded<DescribeOrganizationalUnitResponse> describeOrganizationalUnit(
      Call<DescribeOrganizationalUnitRequest> call) {
    String id = call.input().organizationalUnitId();
    return gate.read(
        call,
        Gate.Who.READERS,
        Targets.entities(id),
        (handle, organization) ->
            DescribeOrganizationalUnitResponse.builder()
                .organizationalUnit(shown(handle, organization, require(handle, organization, id)))
                .build());
  }

  @Override
  public Guarded<UpdateOrganizationalUnitResponse> updateOrganizationalUnit(
      Call<UpdateOrganizationalUnitRequest> call) {
    String id = call.input().organizationalUnitId();
    String name = call.input().name();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        Targets.entities(id),
        (transaction, organization) -> {
          Handle handle = StoreTransaction.handle(transaction);
          Unit unit = require(handle, organization, id);
          if (name != null && !name.equals(unit.name())) {
            if (UnitStore.named(handle, String.valueOf(unit.parent()), name).isPresent()) {
              throw OrganizationsErrors.duplicateUnit();
            }
            UnitStore.rename(transaction, unit, name);
          }
          return UpdateOrganizationalUnitResponse.builder()
              .organizationalUnit(shown(handle, organization, require(handle, organization, id)))
              .build();
        });
  }

  @Override
  public Guarded<DeleteOrganizationalUnitResponse> deleteOrganizationalUnit(
      Call<DeleteOrganizationalUnitRequest> call) {
    String id = call.input().organizationalUnitId();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        Targets.entities(id),
        (transaction, organization) -> {
          Handle handle = StoreTransaction.handle(transaction);
          Unit unit = require(handle, organization, id);
          if (!UnitStore.children(handle, id).isEmpty()
              || !MemberStore.children(handle, id).isEmpty()) {
            throw OrganizationsErrors.unitNotEmpty();
          }
          AttachmentStore.detachAll(transaction, id);
          TagStore.removeAll(transaction, id);
          UnitStore.delete(transaction, unit);
          organizations.changed(transaction);
          return DeleteOrganizationalUnitResponse.builder().build();
        });
  }

  @Override
  public Guarded<ListOrganizationalUnitsForParentResponse> listOrganizationalUnitsForParent(
      Call<ListOrganizationalUnitsForParentRequest> call) {
    String parent = call.input().parentId();
    return gate.read(
        call,
        Gate.Who.READERS,
        Targets.entities(parent),
        (handle, organization) -> {
          PageRequest request =
              PageRequest.of(
                  call,
                  organizations.pages(),
                  parent,
                  call.input().nextToken(),
                  call.input().maxResults());
          Tree.requireParent(handle, organization, parent);
          PageRequest.Page<Unit> page = request.cut(UnitStore.children(handle, parent), Unit::id);
          String path = UnitStore.path(handle, organization, parent);
          return ListOrganizationalUnitsForParentResponse.builder()
              .organizationalUnits(
                  page.items().stream()
                      .map(unit -> unit.shown(organization, path + unit.id() + '/'))
                      .toList())
              .nextToken(page.nextToken())
              .build();
        });
  }

  private static Unit require(Handle handle, Organization organization, String id) {
    return UnitStore.find(handle, organization, id)
        .filter(unit -> !unit.isRoot())
        .orElseThrow(OrganizationsErrors::unitNotFound);
  }

  private static OrganizationalUnit shown(Handle handle, Organization organization, Unit unit) {
    return unit.shown(organization, UnitStore.path(handle, organization, unit.id()));
  }
}
