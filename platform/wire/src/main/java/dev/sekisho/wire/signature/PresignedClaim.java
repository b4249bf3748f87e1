package dev.sekisho.wire.signature;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a signature out of the query of a presigned request. */
final class PresignedClaim {

  private static final long USUAL_SECONDS = 900;

  /** AWS's own limit: seven days. */
  private static final long MOST_SECONDS = 604_800;

  private PresignedClaim() {}

  /**
   * Reads the parameters.
   *
   * @throws SignatureFailure when one is missing, doubled or malformed
   */
  static SignatureClaim read(List<QueryParameter> query) {
    if (!SignatureClaim.ALGORITHM.equals(value(query, "X-Amz-Algorithm"))) {
      throw incomplete("AWS query-string parameters must include a supported 'X-Amz-Algorithm'.");
    }
    String credential = value(query, "X-Amz-Credential");
    String signature = value(query, "X-Amz-Signature");
    String signedHeaders = value(query, "X-Amz-SignedHeaders");
    String date = value(query, "X-Amz-Date");
    if (credential.isEmpty() || signature.isEmpty() || signedHeaders.isEmpty() || date.isEmpty()) {
      throw incomplete(
          require(credential, "X-Amz-Credential")
              + require(signature, "X-Amz-Signature")
              + require(signedHeaders, "X-Amz-SignedHeaders")
              + require(date, "X-Amz-Date")
              + "Re-examine the query-string parameters.");
    }
    String token = find(query, "X-Amz-Security-Token");
    return new SignatureClaim(
        CredentialScope.parse(credential),
        SignatureClaim.names(signedHeaders),
        signature,
        date,
        token,
        seconds(find(query, "X-Amz-Expires")),
        true,
        query);
  }

  private static String require(String value, String name) {
    return value.isEmpty() ? "AWS query-string parameters must include '" + name + "'. " : "";
  }

  private static String value(List<QueryParameter> query, String name) {
    String found = find(query, name);
    return found == null ? "" : found;
  }

  private static @Nullable String find(List<QueryParameter> query, String name) {
    QueryParameter found = null;
    for (QueryParameter parameter : query) {
      if (parameter.name().equals(name)) {
        if (found != null) {
          throw incomplete("The query-string parameter '" + name + "' is given twice.");
        }
        found = parameter;
      }
    }
    return found == null ? null : found.decoded();
  }

  private static Long seconds(@Nullable String text) {
    if (text == null) {
      return USUAL_SECONDS;
    }
    try {
      long seconds = Long.parseLong(text);
      if (seconds >= 1 && seconds <= MOST_SECONDS) {
        return seconds;
      }
    } catch (NumberFormatException notANumber) {
      // The same refusal as for a number out of range.
    }
    throw incomplete("X-Amz-Expires must be a number of seconds from 1 to " + MOST_SECONDS + ".");
  }

  private static SignatureFailure incomplete(String message) {
    return new SignatureFailure(SignatureFailure.Kind.INCOMPLETE, message);
  }
}
