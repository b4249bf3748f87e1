package dev.sekisho.iam;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.AccountRoles;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;

/** The roles that an organization has in its accounts. */
public final class OrganizationRoles implements AccountRoles {

  private static final String ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
  private static final int SESSION_SECONDS = 3_600;

  private final IamContext iam;

  public OrganizationRoles(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public void createAdministrator(
      Transaction transaction, AccountId account, String roleName, AccountId trusted) {
    Entity entity =
        new Entity(EntityKind.ROLE, iam.ids().role(), account, roleName, "/", iam.now(), null);
    String trust =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\""
            + trusted.root()
            + "\"},\"Action\":\"sts:AssumeRole\"}]}";
    RoleStore.insert(transaction, new RoleStore.Role(entity, null, trust, SESSION_SECONDS));
    OwnedPolicies.attach(transaction, entity.id(), ADMINISTRATOR, iam.now().getEpochSecond());
    iam.changed(transaction);
  }

  @Override
  public void provideServiceLinked(Transaction transaction, AccountId account, String service) {
    ServiceLinkedRoleTemplate template = ServiceLinkedRoleTemplate.of(service).orElseThrow();
    if (EntityStore.find(
            StoreTransaction.handle(transaction), EntityKind.ROLE, account, template.roleName())
        .isEmpty()) {
      ServiceLinkedRoles.insert(
          iam, transaction, account, template, template.roleName(), template.description());
    }
  }
}
