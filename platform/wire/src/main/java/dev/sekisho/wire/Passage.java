package dev.sekisho.wire;

import dev.sekisho.contract.ServiceModel;
import dev.sekisho.contract.Structure;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Authorized;
import dev.sekisho.core.Authorizer;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.ServiceException;
import dev.sekisho.events.Event;
import dev.sekisho.events.EventCategory;
import dev.sekisho.events.EventId;
import dev.sekisho.events.EventResource;
import dev.sekisho.wire.audit.AuditedResources;
import dev.sekisho.wire.audit.CallRecord;
import dev.sekisho.wire.audit.Ledger;
import dev.sekisho.wire.audit.ReadOnly;
import dev.sekisho.wire.validation.Validator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call's way through the gates that every call passes, from outside or from another service:
 * validation, authorization, operation, audit. What is learnt of the call stays here for its event.
 */
final class Passage {

  /**
   * What the gates need.
   *
   * @param host the account whose history keeps calls that no account can be found for
   */
  record Gates(Authorizer authorizer, Ledger ledger, Randomness randomness, AccountId host) {}

  private final Gates gates;
  private final ServiceModel<?> model;
  private final ServiceRules rules;
  private RequestContext context;
  private @Nullable Structure input;
  private @Nullable Access access;

  Passage(Gates gates, ServiceModel<?> model, ServiceRules rules, RequestContext context) {
    this.gates = gates;
    this.model = model;
    this.rules = rules;
    this.context = context;
  }

  RequestContext context() {
    return context;
  }

  /** Learns who calls. */
  void identify(RequestContext known) {
    context = known;
  }

  /** Leads the decoded call through every gate; its event is on disk when this returns. */
  <I extends Structure, O extends Structure> O pass(
      Function<Call<I>, Guarded<O>> operation, I decoded) {
    input = decoded;
    String violations = Validator.check(decoded, rules.violations());
    if (violations != null) {
      throw rules.refused(model.protocol(), violations);
    }
    Guarded<O> guarded = operation.apply(new Call<>(decoded, context));
    access = guarded.access();
    if (guarded.caller() != null) {
      context = context.by(guarded.caller());
    }
    Authorized authorized = gates.authorizer().authorize(context, guarded.access());
    return settle(guarded.operation().apply(authorized));
  }

  private <O extends Structure> O settle(Outcome<O> outcome) {
    return switch (outcome) {
      case Outcome.Answer<O> answer -> {
        gates.ledger().record(events(record -> record.answered(audited(answer.output()))));
        yield answer.output();
      }
      case Outcome.Change<O> change ->
          gates
              .ledger()
              .change(change.work(), output -> events(record -> record.answered(audited(output))));
    };
  }

  /** Leaves the event of a call that a gate refused. */
  void failed(ServiceException error) {
    // Whoever is refused does not get to write into the history of others.
    boolean theirsToo = !error.code().startsWith("AccessDenied");
    gates.ledger().record(events(theirsToo, record -> record.failed(error)));
  }

  private @Nullable Structure audited(Structure output) {
    String operation = context.operation();
    return ReadOnly.of(operation) && !rules.auditedResults().contains(operation) ? null : output;
  }

  private List<Event> events(Function<CallRecord, Event> write) {
    return events(true, write);
  }

  /**
   * The call's events: one in the caller's history, and one in that of each account whose resource
   * it used.
   */
  private List<Event> events(boolean theirsToo, Function<CallRecord, Event> write) {
    Set<AccountId> accounts = new LinkedHashSet<>();
    AccountId callers = context.caller().principal().account();
    if (callers != null) {
      accounts.add(callers);
    }
    if ((callers == null || theirsToo) && access instanceof Access.Checked(var checks)) {
      checks.forEach(check -> owner(check).ifPresent(accounts::add));
    }
    if (accounts.isEmpty()) {
      accounts.add(gates.host());
    }
    String shared = accounts.size() == 1 ? null : gates.randomness().uuid().toString();
    List<EventResource> resources = AuditedResources.of(access, context);
    return accounts.stream()
        .map(account -> write.apply(record(account, shared, resources)))
        .toList();
  }

  /** Whose the resource is: a grant makes it the caller's for the decision, not for the record. */
  private static Optional<AccountId> owner(AccessCheck check) {
    if (check.owner() != null) {
      return Optional.of(check.owner());
    }
    String[] parts = check.resource().split(":", 6);
    return parts.length == 6 && AccountId.isValid(parts[4])
        ? Optional.of(new AccountId(parts[4]))
        : Optional.empty();
  }

  private CallRecord record(
      AccountId account, @Nullable String shared, List<EventResource> resources) {
    return new CallRecord(
        EventId.at(context.time(), gates.randomness()),
        context,
        account,
        shared,
        model.eventSource(),
        model.apiVersion(),
        rules.dataEvents().contains(context.operation())
            ? EventCategory.DATA
            : EventCategory.MANAGEMENT,
        input,
        resources);
  }
}
