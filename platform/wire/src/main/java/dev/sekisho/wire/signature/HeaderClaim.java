package dev.sekisho.wire.signature;

import dev.sekisho.wire.Headers;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a signature out of the Authorization header and the headers that belong to it. */
final class HeaderClaim {

  private final String authorization;
  private @Nullable String credential;
  private @Nullable String signedHeaders;
  private @Nullable String signature;

  private HeaderClaim(String authorization) {
    this.authorization = authorization;
  }

  /**
   * Reads the header.
   *
   * @param query the request's parameters
   * @throws SignatureFailure when the header is not a signature of the one algorithm
   */
  static SignatureClaim read(String authorization, Headers headers, List<QueryParameter> query) {
    HeaderClaim claim = new HeaderClaim(authorization);
    int blank = authorization.indexOf(' ');
    String algorithm = blank < 0 ? authorization : authorization.substring(0, blank);
    if (!algorithm.equals(SignatureClaim.ALGORITHM)) {
      throw incomplete(
          "Unsupported AWS 'algorithm': '" + SignatureFailure.excerpt(algorithm) + "'.");
    }
    int start = blank < 0 ? authorization.length() : blank + 1;
    while (start < authorization.length()) {
      int comma = authorization.indexOf(',', start);
      int end = comma < 0 ? authorization.length() : comma;
      claim.part(authorization.substring(start, end).strip());
      start = end + 1;
    }
    return claim.complete(headers, query);
  }

  private void part(String part) {
    int equals = part.indexOf('=');
    if (equals < 0) {
      throw incomplete(
          "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256"
              + " and encoded with Base64): '"
              + hashed()
              + "'.");
    }
    String value = part.substring(equals + 1).strip();
    switch (part.substring(0, equals).strip()) {
      case "Credential" -> credential = once(credential, value);
      case "SignedHeaders" -> signedHeaders = once(signedHeaders, value);
      case "Signature" -> signature = once(signature, value);
      default -> {}
    }
  }

  private static String once(@Nullable String before, String value) {
    if (before != null) {
      throw incomplete("Authorization header names a parameter twice.");
    }
    return value;
  }

  private SignatureClaim complete(Headers headers, List<QueryParameter> query) {
    String date = date(headers);
    String given = Objects.requireNonNullElse(credential, "");
    String list = Objects.requireNonNullElse(signedHeaders, "");
    String text = Objects.requireNonNullElse(signature, "");
    if (given.isEmpty() || text.isEmpty() || list.isEmpty() || date == null) {
      throw incomplete(
          (given.isEmpty() ? "Authorization header requires 'Credential' parameter. " : "")
              + (text.isEmpty() ? "Authorization header requires 'Signature' parameter. " : "")
              + (list.isEmpty() ? "Authorization header requires 'SignedHeaders' parameter. " : "")
              + (date == null
                  ? "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date'"
                      + " header. "
                  : "")
              + "(Hashed with SHA-256 and encoded with Base64) Authorization="
              + hashed());
    }
    return new SignatureClaim(
        CredentialScope.parse(given),
        SignatureClaim.names(list),
        text,
        date,
        single(headers, "x-amz-security-token"),
        null,
        false,
        query);
  }

  /** AWS's own header, else the ordinary one in either of its forms. */
  private static @Nullable String date(Headers headers) {
    String stamp = single(headers, "x-amz-date");
    String date = stamp == null ? single(headers, "date") : stamp;
    if (date == null || stamp != null || date.indexOf(',') < 0) {
      return date;
    }
    try {
      return SignedTime.stamp(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
    } catch (DateTimeException notADate) {
      return date;
    }
  }

  private static @Nullable String single(Headers headers, String name) {
    String found = null;
    for (int i = 0; i < headers.size(); i++) {
      if (headers.name(i).equals(name)) {
        if (found != null) {
          throw incomplete("The header '" + name + "' is given twice.");
        }
        found = headers.value(i).strip();
      }
    }
    return found;
  }

  /** What AWS shows of a header it cannot read: enough to find it in a log, not to use it. */
  private String hashed() {
    return Base64.getEncoder()
        .encodeToString(Sha256.digest(authorization.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static SignatureFailure incomplete(String message) {
    return new SignatureFailure(SignatureFailure.Kind.INCOMPLETE, message);
  }
}
