package dev.sekisho.wire;

import dev.sekisho.core.Caller;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.signature.SignatureErrors;
import dev.sekisho.wire.signature.SignatureFailure;
import dev.sekisho.wire.signature.SignatureVerifier;
import dev.sekisho.wire.signature.Verified;
import java.util.Set;

/** The gate that finds out who calls: a good signature, or an operation that needs none. */
public final class Authentication {

  private final SignatureVerifier verifier;
  private final Set<String> regions;
  private final String homeRegion;

  /**
   * @param regions the regions a signature may be scoped to
   * @param homeRegion where unsigned calls and calls to global services are carried out
   */
  public Authentication(SignatureVerifier verifier, Set<String> regions, String homeRegion) {
    this.verifier = verifier;
    this.regions = Set.copyOf(regions);
    this.homeRegion = homeRegion;
  }

  String homeRegion() {
    return homeRegion;
  }

  /**
   * The context with the caller and the region it signed for.
   *
   * @param unsigned whether AWS takes the operation without a signature
   * @throws ServiceException in the words of the service's family
   */
  RequestContext authenticate(
      WireRequest request, ServiceBinding<?> service, boolean unsigned, RequestContext context) {
    if (unsigned) {
      return context;
    }
    try {
      Verified verified =
          verifier.verify(
              request,
              service.model().signingName(),
              service.rules().clockWindow(),
              service.rules().payload());
      String region = verified.scope().region();
      if (!regions.contains(region)) {
        throw new SignatureFailure(
            SignatureFailure.Kind.MISMATCH, "Credential should be scoped to a valid region. ");
      }
      return with(context, verified.caller(), service.model().global() ? "us-east-1" : region);
    } catch (SignatureFailure failure) {
      throw SignatureErrors.of(service.model().protocol(), failure);
    } catch (IllegalArgumentException brokenEscape) {
      throw SignatureErrors.of(
          service.model().protocol(),
          new SignatureFailure(
              SignatureFailure.Kind.INCOMPLETE, "The request's address or query is malformed."));
    }
  }

  private static RequestContext with(RequestContext context, Caller caller, String region) {
    return new RequestContext(
        context.requestId(),
        context.time(),
        context.service(),
        context.operation(),
        region,
        caller,
        context.sourceIp(),
        context.userAgent(),
        context.secureTransport());
  }
}
