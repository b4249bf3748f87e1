package dev.sekisho.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The circumstances of one call, fixed before the operation sees it.
 *
 * @param requestId a UUID; it is in the answer and in the audit event
 * @param time when the call was accepted, by Sekisho's clock
 * @param service the signing name, for example {@code kms}
 * @param operation the API's name for it, for example {@code Encrypt}
 * @param region where the call is carried out
 * @param sourceIp the caller's address as text
 * @param userAgent as sent, cut at 1 KiB
 * @param secureTransport whether the call came over TLS
 * @param origin whether the caller sent the call, or a service did
 */
public record RequestContext(
    String requestId,
    Instant time,
    String service,
    String operation,
    String region,
    Caller caller,
    String sourceIp,
    @Nullable String userAgent,
    boolean secureTransport,
    Origin origin) {

  /** A call that the caller sent. */
  public RequestContext(
      String requestId,
      Instant time,
      String service,
      String operation,
      String region,
      Caller caller,
      String sourceIp,
      @Nullable String userAgent,
      boolean secureTransport) {
    this(
        requestId,
        time,
        service,
        operation,
        region,
        caller,
        sourceIp,
        userAgent,
        secureTransport,
        new Origin.Direct());
  }

  /**
   * The same caller's call of another service, sent by the service that serves this one.
   *
   * @param by the sending service, for example {@code secretsmanager.amazonaws.com}
   */
  public RequestContext forwarded(
      String id, String by, String toService, String toOperation, String toRegion) {
    return new RequestContext(
        id, time, toService, toOperation, toRegion, caller, by, by, true, origin.then(by));
  }

  /** The same call as far as it is carried out in another Region. */
  public RequestContext in(String otherRegion) {
    return new RequestContext(
        requestId,
        time,
        service,
        operation,
        otherRegion,
        caller,
        sourceIp,
        userAgent,
        secureTransport,
        origin);
  }

  /**
   * The same unsigned call, now that it is known who sent it.
   *
   * @throws IllegalStateException when the call was signed: its signature says who sent it
   */
  public RequestContext by(Principal vouchedFor) {
    if (!(caller.principal() instanceof Principal.Anonymous)) {
      throw new IllegalStateException("a signed call has its caller");
    }
    return new RequestContext(
        requestId,
        time,
        service,
        operation,
        region,
        new Caller(vouchedFor, null, null),
        sourceIp,
        userAgent,
        secureTransport,
        origin);
  }

  /**
   * The caller's account.
   *
   * @throws ServiceException AccessDenied when the caller has none (anonymous callers and services)
   */
  public AccountId account() {
    AccountId account = caller.principal().account();
    if (account == null) {
      throw new ServiceException("AccessDenied", 403, "Access Denied");
    }
    return account;
  }
}
