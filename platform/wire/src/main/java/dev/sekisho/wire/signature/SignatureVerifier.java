package dev.sekisho.wire.signature;

import static dev.sekisho.wire.signature.SignatureFailure.Kind.INCOMPLETE;
import static dev.sekisho.wire.signature.SignatureFailure.Kind.MISMATCH;
import static dev.sekisho.wire.signature.SignatureFailure.Kind.MISSING;

import dev.sekisho.core.Blob;
import dev.sekisho.core.PrincipalResolver;
import dev.sekisho.core.PrincipalResolver.Resolution;
import dev.sekisho.core.Secret;
import dev.sekisho.wire.Headers;
import dev.sekisho.wire.WireRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/**
 * Checks SigV4 signatures, in a header or in the query.
 *
 * <p>A request is accepted only when its key is known and active, its scope names this service and
 * one of our regions, its time is within the window, every header that must be signed is, and the
 * signature is right. Safe for many threads.
 */
public final class SignatureVerifier {

  private final PrincipalResolver principals;
  private final InstantSource clock;
  private final SigningKeys keys = new SigningKeys();

  public SignatureVerifier(PrincipalResolver principals, InstantSource clock) {
    this.principals = principals;
    this.clock = clock;
  }

  /**
   * Checks the request and says who made it.
   *
   * @param claim what the request says of its signature
   * @param signingName the service the request goes to
   * @param regions the regions it may be signed for
   * @param window how far the request's time may be from ours
   * @throws SignatureFailure when the request is not signed, or not well
   */
  public Verified verify(
      WireRequest request,
      Claim claim,
      String signingName,
      Set<String> regions,
      Duration window,
      PayloadRule rule) {
    SignatureClaim signed =
        switch (claim) {
          case Claim.Signed(SignatureClaim found) -> found;
          case Claim.Unsigned() ->
              throw new SignatureFailure(MISSING, "Request is missing Authentication Token");
          case Claim.Unreadable(SignatureFailure failure) -> throw failure;
        };
    checkScope(signed, signingName, regions);
    SignedTime.check(signed, window, clock.instant());
    checkSignedHeaders(signed, request.headers());
    Resolution.Known known = resolve(signed);
    String payload = payload(signed, request, rule);
    if (!isSigned(request, signed, known.secretAccessKey(), payload, rule)) {
      throw new SignatureFailure(
          MISMATCH,
          "The request signature we calculated does not match the signature you provided. Check"
              + " your AWS Secret Access Key and signing method. Consult the service documentation"
              + " for details.");
    }
    return new Verified(
        known.caller(),
        signed.scope(),
        payload,
        signed.signature(),
        Payload.isSigned(payload) ? chunks(signed, known.secretAccessKey()) : null);
  }

  private ChunkSignatures chunks(SignatureClaim signed, Secret secret) {
    return new ChunkSignatures(
        keys.mac(signed.scope(), secret), signed.timestamp(), signed.scope(), signed.signature());
  }

  private Resolution.Known resolve(SignatureClaim signed) {
    return switch (principals.resolve(signed.scope().accessKeyId(), signed.sessionToken())) {
      case Resolution.Known found -> found;
      case Resolution.Unknown _ ->
          throw new SignatureFailure(
              SignatureFailure.Kind.UNKNOWN_KEY,
              "The security token included in the request is invalid.");
      case Resolution.Expired _ ->
          throw new SignatureFailure(
              SignatureFailure.Kind.EXPIRED_TOKEN,
              "The security token included in the request is expired");
    };
  }

  private static void checkScope(SignatureClaim claim, String signingName, Set<String> regions) {
    CredentialScope scope = claim.scope();
    if (!scope.service().equals(signingName)) {
      throw new SignatureFailure(
          MISMATCH, "Credential should be scoped to correct service: '" + signingName + "'. ");
    }
    if (!regions.contains(scope.region())) {
      throw new SignatureFailure(MISMATCH, "Credential should be scoped to a valid region. ");
    }
    if (!claim.timestamp().startsWith(scope.date()) || scope.date().length() != 8) {
      throw new SignatureFailure(
          MISMATCH,
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP:"
              + " '"
              + SignatureFailure.excerpt(scope.date())
              + "' != '"
              + SignatureFailure.excerpt(claim.timestamp()).split("T", -1)[0]
              + "', from '"
              + SignatureFailure.excerpt(claim.timestamp())
              + "'.");
    }
  }

  /** INVARIANT: no header that names the host or an x-amz- setting is believed unsigned. */
  private static void checkSignedHeaders(SignatureClaim claim, Headers headers) {
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      boolean mustBeSigned =
          name.equals("host")
              || (name.startsWith("x-amz-")
                  && !name.equals("x-amz-security-token")
                  && !(claim.presigned() && name.equals("x-amz-content-sha256")));
      if (mustBeSigned && !claim.signedHeaders().contains(name)) {
        throw new SignatureFailure(
            MISMATCH,
            "'"
                + SignatureFailure.excerpt(name)
                + "' must be a 'SignedHeader' in the AWS"
                + " Authorization.");
      }
    }
    if (!claim.signedHeaders().contains("host")) {
      throw new SignatureFailure(
          MISMATCH, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }
  }

  private static String payload(SignatureClaim claim, WireRequest request, PayloadRule rule) {
    if (rule == PayloadRule.SIGNED) {
      return Sha256.hex(request.blob().bytes());
    }
    String declared = request.headers().first("x-amz-content-sha256");
    if (declared == null) {
      if (claim.presigned()) {
        return Payload.UNSIGNED;
      }
      throw new SignatureFailure(
          INCOMPLETE, "Missing required header for this request: x-amz-content-sha256");
    }
    if (declared.equals(Payload.UNSIGNED) || Payload.isStreaming(declared)) {
      return declared;
    }
    // What is read as it comes is held against its hash when it has come; see ReceivedBody.
    if (request.body() instanceof Blob body && !declared.equals(Sha256.hex(body.bytes()))) {
      throw new SignatureFailure(
          MISMATCH, "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
    return declared;
  }

  /** Whether any of the forms that clients sign gives the signature; the usual form comes first. */
  private boolean isSigned(
      WireRequest request, SignatureClaim claim, Secret secret, String payload, PayloadRule rule) {
    String tried = null;
    for (CanonicalPath form : CanonicalPath.signedBy(rule)) {
      String path = path(form, request.path());
      if (!path.equals(tried)) {
        tried = path;
        if (matches(request, claim, secret, payload, path, true)
            || (carriesToken(claim) && matches(request, claim, secret, payload, path, false))) {
          return true;
        }
      }
    }
    return false;
  }

  private static String path(CanonicalPath form, String path) {
    try {
      return form.of(path);
    } catch (IllegalArgumentException broken) {
      throw new SignatureFailure(INCOMPLETE, "A percent-escape in the address is broken.");
    }
  }

  private static boolean carriesToken(SignatureClaim claim) {
    return claim.presigned() && claim.sessionToken() != null;
  }

  private boolean matches(
      WireRequest request,
      SignatureClaim claim,
      Secret secret,
      String payload,
      String path,
      boolean withToken) {
    byte[] canonical =
        CanonicalRequest.of(
            request.method(),
            path,
            QueryParameter.canonical(claim.query(), withToken),
            request.headers(),
            claim.signedHeaders(),
            payload);
    String toSign =
        SignatureClaim.ALGORITHM
            + '\n'
            + claim.timestamp()
            + '\n'
            + claim.scope().text()
            + '\n'
            + Sha256.hex(canonical);
    byte[] expected =
        keys.mac(claim.scope(), secret).doFinal(toSign.getBytes(StandardCharsets.UTF_8));
    // Compared as text: a signature that is not hexadecimal is simply not the right one.
    return MessageDigest.isEqual(
        Sha256.HEX.formatHex(expected).getBytes(StandardCharsets.US_ASCII),
        claim.signature().getBytes(StandardCharsets.UTF_8));
  }
}
