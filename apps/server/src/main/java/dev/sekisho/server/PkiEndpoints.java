package dev.sekisho.server;

import dev.sekisho.acm.AcmService;
import dev.sekisho.acmpca.AcmPcaService;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.WireResponse;
import dev.sekisho.wire.http.LocalEndpoints;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * {@code /_sekisho/pki/crl/…} and {@code /_sekisho/pki/ocsp/AUTHORITY}: what private authorities
 * have revoked, for everybody, as RFC 5280 and RFC 6960 want it; {@code /_sekisho/pki/root.pem}:
 * the root of public certificates.
 */
record PkiEndpoints(AcmPcaService authorities, AcmService certificates) implements LocalEndpoints {

  private static final String LISTS = AcmPcaService.PATH + "crl/";
  private static final String RESPONDERS = AcmPcaService.PATH + "ocsp/";
  private static final String ROOT = AcmPcaService.PATH + "root.pem";
  private static final int UUID_LENGTH = 36;

  @Override
  public @Nullable WireResponse handle(WireRequest request) {
    if (request.path().startsWith(LISTS) && request.method().equals("GET")) {
      return authorities
          .revocationList(request.path().substring(LISTS.length()))
          .map(list -> WireResponse.of(200, "application/pkix-crl", list.bytes()))
          .orElse(null);
    }
    if (request.path().equals(ROOT) && request.method().equals("GET")) {
      return WireResponse.of(
          200, "application/x-pem-file", certificates.root().getBytes(StandardCharsets.US_ASCII));
    }
    int end = RESPONDERS.length() + UUID_LENGTH;
    if (!request.path().startsWith(RESPONDERS) || request.path().length() < end) {
      return null;
    }
    String id = request.path().substring(RESPONDERS.length(), end);
    byte[] question = question(request, request.path().substring(end));
    return question == null
        ? null
        : WireResponse.of(200, "application/ocsp-response", authorities.ocsp(id, question));
  }

  /** RFC 6960, appendix A: the request is the body of a POST, or in Base64 the end of a path. */
  private static byte @Nullable [] question(WireRequest request, String rest) {
    if (request.method().equals("POST") && (rest.isEmpty() || rest.equals("/"))) {
      return request.blob().bytes();
    }
    if (!request.method().equals("GET")
        || rest.length() < 2
        || rest.length() > 2 * AcmPcaService.LARGEST_OCSP_REQUEST) {
      return null;
    }
    try {
      String base64 =
          URLDecoder.decode(rest.substring(1).replace("+", "%2B"), StandardCharsets.US_ASCII);
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException malformed) {
      return new byte[0];
    }
  }
}
