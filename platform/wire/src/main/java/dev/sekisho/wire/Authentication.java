package dev.sekisho.wire;

import static dev.sekisho.wire.signature.PayloadRule.OBJECT;

import dev.sekisho.core.Caller;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.signature.Claim;
import dev.sekisho.wire.signature.FailedSignatures;
import dev.sekisho.wire.signature.SignatureErrors;
import dev.sekisho.wire.signature.SignatureFailure;
import dev.sekisho.wire.signature.SignatureVerifier;
import dev.sekisho.wire.signature.Verified;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The gate that finds out who calls: a good signature, or an operation that needs none. */
public final class Authentication {

  /** Where calls to services with one endpoint for all regions are carried out. */
  private static final String GLOBAL = "us-east-1";

  private final SignatureVerifier verifier;
  private final FailedSignatures failures;
  private final Set<String> regions;
  private final String homeRegion;

  /**
   * What is known of a request that passed.
   *
   * @param verified null when the operation needs no signature
   */
  record Passed(@Nullable Verified verified, RequestContext context) {}

  /**
   * @param regions the regions a signature may be scoped to
   * @param homeRegion where unsigned calls are carried out
   */
  public Authentication(
      SignatureVerifier verifier,
      FailedSignatures failures,
      Set<String> regions,
      String homeRegion) {
    this.verifier = verifier;
    this.failures = failures;
    this.regions = Set.copyOf(regions);
    this.homeRegion = homeRegion;
  }

  String homeRegion() {
    return homeRegion;
  }

  /**
   * The context with the caller and the region it signed for.
   *
   * <p>Whoever does not sign a request to S3 is nobody, and a bucket's policy decides.
   *
   * @param unsigned whether AWS takes the operation without a signature
   * @throws ServiceException in the words of the service's family
   */
  Passed authenticate(
      WireRequest request,
      Claim claim,
      ServiceBinding<?> service,
      boolean unsigned,
      RequestContext context) {
    if (unsigned || (claim instanceof Claim.Unsigned && service.rules().payload() == OBJECT)) {
      return new Passed(null, context);
    }
    Verified verified;
    try {
      failures.admit(request.remoteAddress(), claim);
      verified =
          verifier.verify(
              request,
              claim,
              service.model().signingName(),
              regions,
              service.rules().clockWindow(),
              service.rules().payload());
    } catch (SignatureFailure failure) {
      throw SignatureErrors.of(
          service.model().protocol(), failures.failed(request.remoteAddress(), claim, failure));
    }
    String region = service.model().global() ? GLOBAL : verified.scope().region();
    return new Passed(verified, with(context, verified.caller(), region));
  }

  /** The context of a call that failed here: nobody, with the key they claimed to have. */
  static RequestContext claiming(RequestContext context, Claim claim) {
    return with(
        context,
        new Caller(context.caller().principal(), claim.accessKeyId(), null),
        context.region());
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
        context.secureTransport(),
        context.origin());
  }
}
