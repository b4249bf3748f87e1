package dev.sekisho.iam;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.OrganizationDirectory;
import dev.sekisho.core.RootAccess;
import dev.sekisho.store.Database;

/** Root access as organizations have it now: asked anew for every session. */
public final class CentralRootAccess implements RootAccess {

  /** What IAM is called where an organization trusts it. */
  static final String SERVICE = "iam.amazonaws.com";

  private final Database database;
  private final OrganizationDirectory organizations;

  public CentralRootAccess(Database database, OrganizationDirectory organizations) {
    this.database = database;
    this.organizations = organizations;
  }

  @Override
  public boolean isGranted(AccountId caller, AccountId target, Feature feature) {
    return organizations
        .administration(caller, SERVICE)
        .filter(here -> here.trusted() && here.isAdministrator(caller))
        .filter(here -> !target.equals(here.management()))
        .filter(here -> isMember(target, here.organizationId()))
        .filter(here ->
            database
                .read(handle -> OrganizationFeatureStore.enabled(handle, here.organizationId()))
                .contains(feature))
        .isPresent();
  }

  private boolean isMember(AccountId account, String organization) {
    return !organizations.isSuspended(account)
        && organizations
            .membership(account)
            .filter(there -> there.organizationId().equals(organization))
            .isPresent();
  }
}
