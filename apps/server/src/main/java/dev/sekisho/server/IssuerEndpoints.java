package dev.sekisho.server;

import dev.sekisho.federation.oidc.IssuerDocuments;
import dev.sekisho.iam.StoredOutboundTokens;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.WireResponse;
import dev.sekisho.wire.http.LocalEndpoints;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /_sekisho/tokens/ISSUER/.well-known/…}: what accounts publish as issuers of tokens.
 */
record IssuerEndpoints(StoredOutboundTokens tokens) implements LocalEndpoints {

  /** What the ids of issuers follow. */
  static final String PATH = PREFIX + "tokens/";

  private static final int UUID_LENGTH = 36;

  @Override
  public @Nullable WireResponse handle(WireRequest request) {
    int end = PATH.length() + UUID_LENGTH;
    if (!request.path().startsWith(PATH)
        || request.path().length() <= end
        || !request.method().equals("GET")) {
      return null;
    }
    String issuer = request.path().substring(PATH.length(), end);
    Optional<String> document =
        switch (request.path().substring(end)) {
          case IssuerDocuments.CONFIGURATION -> tokens.configuration(issuer);
          case IssuerDocuments.KEYS -> tokens.keys(issuer);
          default -> Optional.empty();
        };
    return document
        .map(
            json -> WireResponse.of(200, "application/json", json.getBytes(StandardCharsets.UTF_8)))
        .orElse(null);
  }
}
