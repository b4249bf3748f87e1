package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.core.ServiceException;
import dev.sekisho.store.Schema;
import java.time.Instant;

/**
 * Organizations: one class per family of operations; the contract's list says which is in which.
 */
public final class OrganizationsService {

  /** Organizations' tables. */
  public static final Schema SCHEMA = new Schema(OrganizationsService.class, "organizations", 1);

  private final Membership membership;
  private final OrganizationsApi api;

  public OrganizationsService(OrganizationsContext organizations) {
    Gate gate = new Gate(organizations.database());
    Ids ids = new Ids(organizations.randomness());
    membership = new Membership(organizations, gate);
    api =
        new OrganizationsApi(
            new AccountCreation(organizations, gate, ids),
            new Accounts(organizations, gate),
            new DelegatedAdministrators(organizations, gate),
            new DelegationPolicy(organizations, gate, ids),
            new EffectivePolicies(gate),
            new FeatureMigration(organizations, gate, ids),
            new HandshakeLists(organizations, gate),
            new Handshakes(organizations),
            new Invitations(organizations, gate, ids),
            membership,
            new OrganizationLifecycle(organizations, gate, ids),
            new OrganizationalUnits(organizations, gate, ids),
            new Policies(organizations, gate, ids),
            new PolicyAttachments(organizations, gate),
            new PolicyTypes(organizations, gate),
            new ServiceAccess(organizations, gate),
            new Tagging(organizations, gate),
            new Tree(organizations, gate));
  }

  public OrganizationsApi api() {
    return api;
  }

  /** How Organizations refuses input that breaks a constraint of its model. */
  public static ServiceException violation(String message) {
    return OrganizationsErrors.violation(message);
  }

  /** Does everything whose time has come, for the server to call now and then. */
  public void sweep(Instant now) {
    membership.sweep(now);
  }
}
