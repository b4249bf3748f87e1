package dev.sekisho.iam;

import dev.sekisho.contract.iam.CreateServiceLinkedRoleRequest;
import dev.sekisho.contract.iam.CreateServiceLinkedRoleResponse;
import dev.sekisho.contract.iam.DeleteServiceLinkedRoleRequest;
import dev.sekisho.contract.iam.DeleteServiceLinkedRoleResponse;
import dev.sekisho.contract.iam.GetServiceLinkedRoleDeletionStatusRequest;
import dev.sekisho.contract.iam.GetServiceLinkedRoleDeletionStatusResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.Role;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The roles of AWS services themselves. Only they use them, and only AWS can change them. */
final class ServiceLinkedRoles implements IamApi.ServiceLinkedRoles {

  private final IamContext iam;

  ServiceLinkedRoles(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public Guarded<CreateServiceLinkedRoleResponse> createServiceLinkedRole(
      Call<CreateServiceLinkedRoleRequest> call) {
    CreateServiceLinkedRoleRequest input = call.input();
    String service = input.awsServiceName();
    Optional<ServiceLinkedRoleTemplate> template = ServiceLinkedRoleTemplate.of(service);
    String suffix = input.customSuffix();
    String name =
        template.map(ServiceLinkedRoleTemplate::roleName).orElse("*")
            + (suffix == null ? "" : "_" + suffix);
    return Guarded.by(
        AccessCheck.of(
                "iam:CreateServiceLinkedRole",
                Entity.arn(
                        EntityKind.ROLE,
                        call.account(),
                        ServiceLinkedRoleTemplate.PATH + service + "/",
                        name)
                    .toString())
            .with("iam:AWSServiceName", service),
        _ -> {
          ServiceLinkedRoleTemplate known =
              template.orElseThrow(() ->
                  IamErrors.invalidInput(
                      "Service-linked roles are not supported for " + service + "."));
          if (suffix != null && !known.takesSuffix()) {
            throw IamErrors.invalidInput("Custom suffix is not allowed for " + service);
          }
          return Outcome.change(transaction ->
              CreateServiceLinkedRoleResponse.builder()
                  .role(create(transaction, call, known, name))
                  .build());
        });
  }

  private Role create(
      Transaction transaction,
      Call<CreateServiceLinkedRoleRequest> call,
      ServiceLinkedRoleTemplate template,
      String name) {
    Handle handle = StoreTransaction.handle(transaction);
    if (EntityStore.find(handle, EntityKind.ROLE, call.account(), name).isPresent()) {
      throw IamErrors.invalidInput(
          "Service role name "
              + name
              + " has been taken in this account, please try a different suffix.");
    }
    String given = call.input().description();
    RoleStore.Role role =
        insert(
            iam,
            transaction,
            call.account(),
            template,
            name,
            given == null ? template.description() : given);
    return Roles.shown(handle, role).maxSessionDuration(null).build();
  }

  /** Makes the role with its policy. */
  static RoleStore.Role insert(
      IamContext iam,
      Transaction transaction,
      AccountId account,
      ServiceLinkedRoleTemplate template,
      String name,
      @Nullable String description) {
    Entity entity =
        new Entity(
            EntityKind.ROLE, iam.ids().role(), account, name, template.rolePath(), iam.now(), null);
    RoleStore.Role role =
        new RoleStore.Role(entity, description, template.trustPolicy(), Roles.USUAL_SESSION);
    RoleStore.insert(transaction, role);
    OwnedPolicies.attach(
        transaction, entity.id(), template.policyArn(), entity.createdAt().getEpochSecond());
    iam.changed(transaction);
    return role;
  }

  @Override
  public Guarded<DeleteServiceLinkedRoleResponse> deleteServiceLinkedRole(
      Call<DeleteServiceLinkedRoleRequest> call) {
    String name = call.input().roleName();
    return Guarded.by(
        EntityChecks.of(iam, "iam:DeleteServiceLinkedRole", EntityKind.ROLE, call.account(), name),
        _ ->
            Outcome.change(transaction -> {
              Entity role = EntityStore.require(transaction, EntityKind.ROLE, call.account(), name);
              if (!ServiceLinkedRoleTemplate.isReserved(role.path())) {
                throw IamErrors.noSuchRole(name);
              }
              Handle handle = StoreTransaction.handle(transaction);
              for (String arn : OwnedPolicies.attached(handle, role.id())) {
                OwnedPolicies.detach(transaction, role.id(), arn);
              }
              EntityStore.delete(transaction, role);
              iam.changed(transaction);
              // No service here keeps resources that need its role, so the deletion is over at
              // once.
              String task = "task" + role.path() + role.name() + "/" + iam.ids().task();
              handle.execute(
                  "insert into iam_deletion_task (id, account, status) values (?, ?, ?)",
                  task,
                  call.account().value(),
                  "SUCCEEDED");
              return DeleteServiceLinkedRoleResponse.builder().deletionTaskId(task).build();
            }));
  }

  @Override
  public Guarded<GetServiceLinkedRoleDeletionStatusResponse> getServiceLinkedRoleDeletionStatus(
      Call<GetServiceLinkedRoleDeletionStatusRequest> call) {
    String task = call.input().deletionTaskId();
    return Guarded.by(
        AccessCheck.of("iam:GetServiceLinkedRoleDeletionStatus", roleOf(call.account(), task)),
        _ ->
            Outcome.answer(
                GetServiceLinkedRoleDeletionStatusResponse.builder()
                    .status(
                        iam.database()
                            .read(handle ->
                                handle
                                    .createQuery(
                                        "select status from iam_deletion_task"
                                            + " where id = :id and account = :account")
                                    .bind("id", task)
                                    .bind("account", call.account().value())
                                    .mapTo(String.class)
                                    .findOne())
                            .orElseThrow(() ->
                                IamErrors.noSuchEntity(
                                    "The deletion task " + task + " cannot be found.")))
                    .build()));
  }

  /** The role a task deletes: a task is named after its role, with a number at the end. */
  private static String roleOf(AccountId account, String task) {
    int number = task.lastIndexOf('/');
    if (!task.startsWith("task" + ServiceLinkedRoleTemplate.PATH) || number < 0) {
      throw IamErrors.invalidInput("DeletionTaskId is invalid.");
    }
    return Arn.of("iam", "", account.value(), "role" + task.substring("task".length(), number))
        .toString();
  }
}
