package dev.sekisho.wire.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A signature as a request states it, in its Authorization header or in its query; nothing in it is
 * believed yet.
 *
 * @param signedHeaders lower-case names in the order given, each once
 * @param signature lower-case hexadecimal
 * @param timestamp yyyyMMdd'T'HHmmss'Z'
 * @param expiresSeconds how long a presigned request is good for; none in the header form
 * @param presigned whether the signature stands in the query
 * @param query the request's parameters, which the signature covers
 */
record SignatureClaim(
    CredentialScope scope,
    List<String> signedHeaders,
    String signature,
    String timestamp,
    @Nullable String sessionToken,
    @Nullable Long expiresSeconds,
    boolean presigned,
    List<QueryParameter> query) {

  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private static final int MAX_SIGNED_HEADERS = 100;

  /** The names in a list such as {@code host;x-amz-date}. */
  static List<String> names(String list) {
    List<String> names = new ArrayList<>();
    int start = 0;
    while (start <= list.length()) {
      int end = list.indexOf(';', start);
      end = end < 0 ? list.length() : end;
      String name = list.substring(start, end).strip().toLowerCase(Locale.ROOT);
      if (name.isEmpty() || names.contains(name) || names.size() == MAX_SIGNED_HEADERS) {
        throw new SignatureFailure(
            SignatureFailure.Kind.INCOMPLETE,
            "SignedHeaders is not a list of distinct header names.");
      }
      names.add(name);
      start = end + 1;
    }
    return names;
  }

  @Override
  public String toString() {
    return "SignatureClaim[" + scope + "]";
  }
}
