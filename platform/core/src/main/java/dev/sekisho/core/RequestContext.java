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
    boolean secureTransport) {

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
