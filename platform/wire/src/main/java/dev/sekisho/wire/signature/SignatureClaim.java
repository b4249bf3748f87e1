package dev.sekisho.wire.signature;

import dev.sekisho.wire.Headers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of its own signature, in its Authorization header or in its query; nothing in
 * it is believed yet.
 *
 * @param signedHeaders lower-case names in the order given
 * @param signature lower-case hexadecimal
 * @param timestamp yyyyMMdd'T'HHmmss'Z'
 * @param expiresSeconds how long a presigned request is good for; none in the header form
 * @param presigned whether the signature stands in the query
 */
record SignatureClaim(
    CredentialScope scope,
    List<String> signedHeaders,
    String signature,
    String timestamp,
    @Nullable String sessionToken,
    @Nullable Long expiresSeconds,
    boolean presigned) {

  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private static final int MAX_SIGNED_HEADERS = 100;

  /** Reads the Authorization header. */
  static SignatureClaim fromHeader(String authorization, Headers headers) {
    int blank = authorization.indexOf(' ');
    if (blank < 0 || !authorization.substring(0, blank).equals(ALGORITHM)) {
      throw incomplete("Unsupported algorithm or malformed Authorization header", authorization);
    }
    Map<String, String> parts = new HashMap<>();
    for (String part : authorization.substring(blank + 1).split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw incomplete(
            "'"
                + SignatureFailure.excerpt(part.strip())
                + "' not a valid key=value pair (missing"
                + " equal-sign) in Authorization header",
            authorization);
      }
      if (parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip())
          != null) {
        throw incomplete("Authorization header names a parameter twice", authorization);
      }
    }
    StringBuilder missing = new StringBuilder();
    for (String name : List.of("Credential", "Signature", "SignedHeaders")) {
      if (parts.getOrDefault(name, "").isEmpty()) {
        missing.append("Authorization header requires '").append(name).append("' parameter. ");
      }
    }
    String date = headers.first("x-amz-date");
    if (date == null) {
      missing.append(
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
    }
    if (!missing.isEmpty() || date == null) {
      throw incomplete(missing.toString().strip(), "");
    }
    return new SignatureClaim(
        CredentialScope.parse(parts.getOrDefault("Credential", "")),
        names(parts.getOrDefault("SignedHeaders", "")),
        parts.getOrDefault("Signature", ""),
        date,
        headers.first("x-amz-security-token"),
        null,
        false);
  }

  /** Reads the parameters of a presigned request. */
  static SignatureClaim fromQuery(List<QueryParameter> parameters) {
    Map<String, String> values = new HashMap<>();
    for (QueryParameter parameter : parameters) {
      if (parameter.name().startsWith("X-Amz-")
          && values.put(parameter.name(), parameter.decoded()) != null) {
        throw incomplete("a query-string parameter is given twice", "");
      }
    }
    if (!ALGORITHM.equals(values.get("X-Amz-Algorithm"))) {
      throw incomplete("AWS query-string parameters must include a supported X-Amz-Algorithm.", "");
    }
    StringBuilder missing = new StringBuilder();
    for (String name :
        List.of("X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date")) {
      if (values.getOrDefault(name, "").isEmpty()) {
        missing.append("AWS query-string parameters must include '").append(name).append("'. ");
      }
    }
    if (!missing.isEmpty()) {
      throw incomplete(missing.toString().strip() + " Re-examine the query-string parameters.", "");
    }
    return new SignatureClaim(
        CredentialScope.parse(values.getOrDefault("X-Amz-Credential", "")),
        names(values.getOrDefault("X-Amz-SignedHeaders", "")),
        values.getOrDefault("X-Amz-Signature", ""),
        values.getOrDefault("X-Amz-Date", ""),
        values.get("X-Amz-Security-Token"),
        seconds(values.get("X-Amz-Expires")),
        true);
  }

  private static List<String> names(String list) {
    List<String> names = new ArrayList<>();
    for (String name : list.split(";", -1)) {
      String lower = name.strip().toLowerCase(Locale.ROOT);
      if (lower.isEmpty() || names.contains(lower) || names.size() == MAX_SIGNED_HEADERS) {
        throw incomplete("SignedHeaders is not a list of distinct header names.", "");
      }
      names.add(lower);
    }
    return names;
  }

  /** AWS's own limit is seven days; a header-form client need not send it. */
  private static Long seconds(@Nullable String text) {
    if (text == null) {
      return 900L;
    }
    try {
      long seconds = Long.parseLong(text);
      if (seconds >= 1 && seconds <= 604_800) {
        return seconds;
      }
    } catch (NumberFormatException notANumber) {
      // Falls through to the same refusal as a number out of range.
    }
    throw incomplete("X-Amz-Expires must be a number of seconds from 1 to 604800.", "");
  }

  private static SignatureFailure incomplete(String message, String authorization) {
    String shown = authorization.isEmpty() ? "" : " in '" + redacted(authorization) + "'";
    return new SignatureFailure(SignatureFailure.Kind.INCOMPLETE, message + shown);
  }

  private static String redacted(String authorization) {
    int signature = authorization.indexOf("Signature=");
    return SignatureFailure.excerpt(
        signature < 0 ? authorization : authorization.substring(0, signature) + "Signature=…");
  }
}
