package dev.sekisho.wire;

import dev.sekisho.contract.Protocol;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.signature.PayloadRule;
import dev.sekisho.wire.validation.ViolationStyle;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How one service differs from the others on the wire.
 *
 * @param clockWindow how far a request's time may be from ours
 * @param bodyLimit the largest body taken, in bytes
 * @param auditedResults read operations whose results the audit log keeps all the same, as AWS does
 *     for those that hand out credentials
 * @param dataEvents operations on what is in a resource, such as an object in a bucket, which
 *     CloudTrail counts as data events
 * @param refusal the service's own error for input that breaks a constraint, made of the message;
 *     null for the usual one of its protocol
 */
public record ServiceRules(
    Duration clockWindow,
    int bodyLimit,
    PayloadRule payload,
    ViolationStyle violations,
    Set<String> auditedResults,
    Set<String> dataEvents,
    @Nullable Function<String, ServiceException> refusal) {

  /** Fifteen minutes, one mebibyte, signed bodies, messages that show the value. */
  public static final ServiceRules USUAL =
      new ServiceRules(
          Duration.ofMinutes(15),
          1 << 20,
          PayloadRule.SIGNED,
          ViolationStyle.WITH_VALUE,
          Set.of(),
          Set.of(),
          null);

  public ServiceRules withClockWindow(Duration window) {
    return new ServiceRules(
        window, bodyLimit, payload, violations, auditedResults, dataEvents, refusal);
  }

  public ServiceRules withBodyLimit(int bytes) {
    return new ServiceRules(
        clockWindow, bytes, payload, violations, auditedResults, dataEvents, refusal);
  }

  public ServiceRules withPayload(PayloadRule rule) {
    return new ServiceRules(
        clockWindow, bodyLimit, rule, violations, auditedResults, dataEvents, refusal);
  }

  public ServiceRules withViolations(ViolationStyle style) {
    return new ServiceRules(
        clockWindow, bodyLimit, payload, style, auditedResults, dataEvents, refusal);
  }

  public ServiceRules withAuditedResults(Set<String> operations) {
    return new ServiceRules(
        clockWindow, bodyLimit, payload, violations, operations, dataEvents, refusal);
  }

  public ServiceRules withDataEvents(Set<String> operations) {
    return new ServiceRules(
        clockWindow, bodyLimit, payload, violations, auditedResults, operations, refusal);
  }

  public ServiceRules withRefusal(Function<String, ServiceException> own) {
    return new ServiceRules(
        clockWindow, bodyLimit, payload, violations, auditedResults, dataEvents, own);
  }

  /** The error for input that breaks the constraints. */
  ServiceException refused(Protocol protocol, String violations) {
    return refusal == null
        ? ServiceErrors.validation(protocol, violations)
        : refusal.apply(violations);
  }
}
