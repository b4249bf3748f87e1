package dev.sekisho.wire.signature;

import static dev.sekisho.wire.signature.SignatureFailure.Kind.INCOMPLETE;
import static dev.sekisho.wire.signature.SignatureFailure.Kind.MISMATCH;
import static dev.sekisho.wire.signature.SignatureFailure.Kind.MISSING;
import static dev.sekisho.wire.signature.SignatureFailure.Kind.REQUEST_EXPIRED;

import dev.sekisho.core.PrincipalResolver;
import dev.sekisho.core.PrincipalResolver.Resolution;
import dev.sekisho.wire.WireRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks SigV4 signatures, in a header or in the query.
 *
 * <p>A request is accepted only when its key is known and active, its scope names this service and
 * one of our regions, its time is within the window, every header that must be signed is, and the
 * signature is right. Safe for many threads.
 */
public final class SignatureVerifier {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final HexFormat HEX = HexFormat.of();
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  private final PrincipalResolver principals;
  private final InstantSource clock;
  private final SigningKeys keys = new SigningKeys();

  public SignatureVerifier(PrincipalResolver principals, InstantSource clock) {
    this.principals = principals;
    this.clock = clock;
  }

  /** The scope a request claims, unverified, for routing; null when it carries no signature. */
  public static @Nullable CredentialScope claimedScope(WireRequest request) {
    SignatureClaim claim = claim(request, QueryParameter.parse(request.query()));
    return claim == null ? null : claim.scope();
  }

  /**
   * Checks the request and says who made it.
   *
   * @param signingName the service the request goes to
   * @param window how far the request's time may be from ours
   * @throws SignatureFailure when the request is not signed, or not well
   */
  public Verified verify(
      WireRequest request, String signingName, Duration window, PayloadRule rule) {
    List<QueryParameter> query = QueryParameter.parse(request.query());
    SignatureClaim claim = claim(request, query);
    if (claim == null) {
      throw new SignatureFailure(MISSING, "Request is missing Authentication Token");
    }
    checkScope(claim, signingName);
    checkTime(claim, window);
    checkSignedHeaders(claim, request);
    Resolution.Known known =
        switch (principals.resolve(claim.scope().accessKeyId(), claim.sessionToken())) {
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
    String payloadHash = payloadHash(claim, request, rule);
    boolean right =
        CanonicalPath.signedBy(rule).stream()
            .map(path -> path.of(request.path()))
            .distinct()
            .anyMatch(path ->
                QueryParameter.canonicalQueries(query).stream()
                    .anyMatch(canonicalQuery ->
                        matches(claim, known, request, path, canonicalQuery, payloadHash)));
    if (!right) {
      throw new SignatureFailure(
          MISMATCH,
          "The request signature we calculated does not match the signature you provided. Check"
              + " your AWS Secret Access Key and signing method. Consult the service documentation"
              + " for details.");
    }
    return new Verified(
        known.caller(),
        claim.scope(),
        claim.timestamp(),
        payloadHash,
        claim.signature(),
        known.secretAccessKey());
  }

  private static @Nullable SignatureClaim claim(WireRequest request, List<QueryParameter> query) {
    List<String> authorization = request.headers().all("authorization");
    boolean inQuery =
        query.stream()
            .anyMatch(parameter ->
                parameter.name().equals("X-Amz-Algorithm")
                    || parameter.name().equals("X-Amz-Signature"));
    if (authorization.size() > 1 || (inQuery && !authorization.isEmpty())) {
      throw new SignatureFailure(INCOMPLETE, "A request must be signed in one place only.");
    }
    if (inQuery) {
      return SignatureClaim.fromQuery(query);
    }
    return authorization.isEmpty()
        ? null
        : SignatureClaim.fromHeader(authorization.getFirst(), request.headers());
  }

  private static void checkScope(SignatureClaim claim, String signingName) {
    CredentialScope scope = claim.scope();
    if (!scope.service().equals(signingName)) {
      throw new SignatureFailure(
          MISMATCH, "Credential should be scoped to correct service: '" + signingName + "'. ");
    }
    if (scope.region().isEmpty()) {
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

  private void checkTime(SignatureClaim claim, Duration window) {
    Instant signed;
    try {
      signed = Instant.from(STAMP.parse(claim.timestamp()));
    } catch (DateTimeParseException notATime) {
      throw new SignatureFailure(
          INCOMPLETE,
          "Date must be in ISO-8601 'basic format'. Got '"
              + SignatureFailure.excerpt(claim.timestamp())
              + "'. See http://en.wikipedia.org/wiki/ISO_8601");
    }
    Instant now = clock.instant();
    Long expires = claim.expiresSeconds();
    if (expires != null && now.isAfter(signed.plusSeconds(expires))) {
      throw new SignatureFailure(
          REQUEST_EXPIRED,
          "Signature expired: "
              + claim.timestamp()
              + " is now earlier than "
              + STAMP.format(now.minusSeconds(expires))
              + " ("
              + STAMP.format(now)
              + " - "
              + expires / 60
              + " min.)");
    }
    if (expires == null && signed.isBefore(now.minus(window))) {
      throw outside("Signature expired: ", " is now earlier than ", claim, now, window.negated());
    }
    if (signed.isAfter(now.plus(window))) {
      throw outside("Signature not yet current: ", " is still later than ", claim, now, window);
    }
  }

  private static SignatureFailure outside(
      String begin, String relation, SignatureClaim claim, Instant now, Duration offset) {
    return new SignatureFailure(
        MISMATCH,
        begin
            + claim.timestamp()
            + relation
            + STAMP.format(now.plus(offset))
            + " ("
            + STAMP.format(now)
            + (offset.isNegative() ? " - " : " + ")
            + offset.abs().toMinutes()
            + " min.)");
  }

  /** INVARIANT: no header that names the host or an x-amz- setting is believed unsigned. */
  private static void checkSignedHeaders(SignatureClaim claim, WireRequest request) {
    for (String name : request.headers().names()) {
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

  private static String payloadHash(SignatureClaim claim, WireRequest request, PayloadRule rule) {
    String declared = request.headers().first("x-amz-content-sha256");
    if (rule == PayloadRule.OBJECT) {
      if (declared == null) {
        if (claim.presigned()) {
          return UNSIGNED;
        }
        throw new SignatureFailure(
            INCOMPLETE, "Missing required header for this request: x-amz-content-sha256");
      }
      if (declared.equals(UNSIGNED) || declared.startsWith("STREAMING-")) {
        return declared;
      }
    }
    String actual = sha256(request.body().bytes());
    if (declared != null && rule == PayloadRule.OBJECT && !declared.equals(actual)) {
      throw new SignatureFailure(
          MISMATCH, "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
    return actual;
  }

  private boolean matches(
      SignatureClaim claim,
      Resolution.Known known,
      WireRequest request,
      String path,
      String canonicalQuery,
      String payloadHash) {
    String canonical =
        CanonicalRequest.of(
            request.method(),
            path,
            canonicalQuery,
            request.headers(),
            claim.signedHeaders(),
            payloadHash);
    String toSign =
        SignatureClaim.ALGORITHM
            + '\n'
            + claim.timestamp()
            + '\n'
            + claim.scope().text()
            + '\n'
            + sha256(canonical.getBytes(StandardCharsets.UTF_8));
    byte[] expected =
        keys.mac(claim.scope(), known.secretAccessKey())
            .doFinal(toSign.getBytes(StandardCharsets.UTF_8));
    // Compared as text: a signature that is not hexadecimal is simply not the right one.
    return MessageDigest.isEqual(
        HEX.formatHex(expected).getBytes(StandardCharsets.US_ASCII),
        claim.signature().getBytes(StandardCharsets.UTF_8));
  }

  static String sha256(byte[] bytes) {
    try {
      return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("SHA-256 is part of every JDK", impossible);
    }
  }
}
