package dev.sekisho.organizations;

import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ResourcePolicy;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Whose call an operation is for: most are the management account's alone, many are for delegated
 * administrators to read, and an organization's resource policy can hand on some.
 */
final class Gate {

  /** The accounts that an operation is for, before any policy is asked. */
  enum Who {
    MANAGEMENT,
    /** The management account and delegated administrators. */
    READERS,
    /** Every account of the organization. */
    MEMBERS
  }

  /** Which resources of the organization a call is about. */
  @FunctionalInterface
  interface Resources {
    List<AccessCheck> checks(Handle handle, Organization organization, String action);
  }

  private record Admission(Access access, @Nullable ServiceException refusal, boolean byPolicy) {}

  private static final Set<String> CHANGES_TO_HAND_ON =
      Set.of(
          "AttachPolicy",
          "CreatePolicy",
          "DeletePolicy",
          "DetachPolicy",
          "DisablePolicyType",
          "EnablePolicyType",
          "TagResource",
          "UntagResource",
          "UpdatePolicy");

  private final Database database;

  Gate(Database database) {
    this.database = database;
  }

  /** An operation that answers from what is there. */
  <O> Guarded<O> read(
      Call<?> call, Who who, Resources resources, BiFunction<Handle, Organization, O> work) {
    Admission admission = admission(call, who, resources);
    return Guarded.by(
        admission.access(),
        _ ->
            Outcome.answer(
                database.read(
                    handle -> work.apply(handle, admitted(handle, call, who, admission)))));
  }

  /** An operation that changes something. */
  <O> Guarded<O> change(
      Call<?> call, Who who, Resources resources, BiFunction<Transaction, Organization, O> work) {
    Admission admission = admission(call, who, resources);
    return Guarded.by(
        admission.access(),
        _ ->
            Outcome.change(transaction ->
                work.apply(
                    transaction,
                    admitted(StoreTransaction.handle(transaction), call, who, admission))));
  }

  private Admission admission(Call<?> call, Who who, Resources resources) {
    String action = "organizations:" + call.context().operation();
    return database.read(handle -> {
      Organization organization = OrganizationStore.ofAccount(handle, call.account()).orElse(null);
      if (organization == null) {
        return new Admission(
            Access.of(AccessCheck.of(action, "*")), OrganizationsErrors.notInUse(), false);
      }
      List<AccessCheck> checks = resources.checks(handle, organization, action);
      if (isFor(handle, organization, call.account(), who)) {
        return new Admission(new Access.Checked(checks), null, false);
      }
      String policy =
          isToHandOn(call.context().operation())
              ? DelegationPolicy.content(handle, organization).orElse(null)
              : null;
      return policy == null
          ? new Admission(new Access.Checked(checks), OrganizationsErrors.accessDenied(), false)
          : new Admission(new Access.Checked(under(policy, organization, checks)), null, true);
    });
  }

  private static List<AccessCheck> under(
      String policy, Organization organization, List<AccessCheck> checks) {
    ResourcePolicy attached = new ResourcePolicy(ResourcePolicy.Kind.ORDINARY, policy);
    return checks.stream()
        .map(check -> check.ownedBy(organization.management(), attached))
        .toList();
  }

  private static boolean isToHandOn(String operation) {
    return operation.startsWith("Describe")
        || operation.startsWith("List")
        || CHANGES_TO_HAND_ON.contains(operation);
  }

  /** INVARIANT: the account is asked for its standing again where the work is done. */
  private static Organization admitted(Handle handle, Call<?> call, Who who, Admission admission) {
    if (admission.refusal() != null) {
      throw admission.refusal();
    }
    Organization organization =
        OrganizationStore.ofAccount(handle, call.account())
            .orElseThrow(OrganizationsErrors::notInUse);
    if (!admission.byPolicy() && !isFor(handle, organization, call.account(), who)) {
      throw OrganizationsErrors.accessDenied();
    }
    return organization;
  }

  private static boolean isFor(
      Handle handle, Organization organization, AccountId account, Who who) {
    return switch (who) {
      case MEMBERS -> true;
      case MANAGEMENT -> organization.isManagement(account);
      case READERS ->
          organization.isManagement(account)
              || DelegationStore.isDelegated(handle, organization, account);
    };
  }
}
