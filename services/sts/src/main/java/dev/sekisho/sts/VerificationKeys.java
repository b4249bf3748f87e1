package dev.sekisho.sts;

import dev.sekisho.core.IdentityProviders.OpenIdConnect;
import dev.sekisho.federation.oidc.IssuerKeys;
import dev.sekisho.federation.oidc.IssuerMetadata;
import dev.sekisho.federation.oidc.RejectedToken;
import dev.sekisho.federation.oidc.TokenClaims;
import dev.sekisho.federation.oidc.WebIdentityToken;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys of OpenID Connect providers, kept for a while and fetched anew when one signs with a key
 * that is not known yet.
 */
final class VerificationKeys {

  private static final Duration FRESH = Duration.ofMinutes(15);
  // Whoever makes tokens up must not make us call an issuer as often as they like.
  private static final Duration BETWEEN = Duration.ofSeconds(10);
  private static final int CACHED = 10_000;

  private final IssuerConnections connections;
  private final InstantSource clock;
  private final ConcurrentHashMap<Source, Slot> slots = new ConcurrentHashMap<>();

  private record Source(String url, List<String> thumbprints) {}

  private record Fetched(IssuerKeys keys, Instant at) {}

  /** One issuer's keys; whoever fetches them holds it. */
  private static final class Slot {
    private @Nullable Fetched fetched;
  }

  VerificationKeys(IssuerConnections connections, InstantSource clock) {
    this.connections = connections;
    this.clock = clock;
  }

  /** The token's claims, once the provider is seen to have signed it. */
  TokenClaims verify(WebIdentityToken token, OpenIdConnect provider)
      throws RejectedToken, UnusableServer {
    Fetched known = keys(provider, null);
    try {
      return token.verify(known.keys());
    } catch (RejectedToken rejected) {
      if (rejected.reason() != RejectedToken.Reason.UNKNOWN_KEY
          || clock.instant().isBefore(known.at().plus(BETWEEN))) {
        throw rejected;
      }
      return token.verify(keys(provider, known).keys());
    }
  }

  /**
   * The provider's keys.
   *
   * @param stale what will not do
   */
  private Fetched keys(OpenIdConnect provider, @Nullable Fetched stale)
      throws RejectedToken, UnusableServer {
    if (slots.size() > CACHED) {
      slots.clear();
    }
    Source source = new Source(provider.url(), provider.thumbprints());
    Slot slot = slots.computeIfAbsent(source, _ -> new Slot());
    synchronized (slot) {
      Fetched known = slot.fetched;
      Instant now = clock.instant();
      if (known != null && !known.equals(stale) && now.isBefore(known.at().plus(FRESH))) {
        return known;
      }
      Fetched fetched = new Fetched(fetch(source), now);
      slot.fetched = fetched;
      return fetched;
    }
  }

  private IssuerKeys fetch(Source source) throws RejectedToken, UnusableServer {
    String base = source.url().replaceAll("/+$", "");
    IssuerMetadata metadata =
        IssuerMetadata.parse(
            connections.get(
                URI.create(base + "/.well-known/openid-configuration"), source.thumbprints()));
    if (!metadata.issuer().equals(source.url())) {
      throw new UnusableServer("the issuer calls itself otherwise", false);
    }
    return IssuerKeys.parse(connections.get(metadata.keys(), source.thumbprints()));
  }
}
