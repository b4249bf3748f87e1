package dev.sekisho.sts;

import dev.sekisho.contract.sts.Credentials;
import dev.sekisho.core.AccessKeyId;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Caller;
import dev.sekisho.core.Principal;
import dev.sekisho.core.PrincipalResolver;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import dev.sekisho.core.Session;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.Keyring;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes temporary credentials and knows them again.
 *
 * <p>A session token holds everything about its session, encrypted and authenticated under the
 * keyring, so that no node has to remember it. INVARIANT: a token opens only together with the
 * access key id it was given out with.
 */
public final class Sessions implements PrincipalResolver {

  private static final String PURPOSE = "sts/session-token";
  private static final String SECRET_ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int LONGEST_TOKEN = 16_384;
  private static final int CACHED = 10_000;

  private final Keyring keyring;
  private final Randomness randomness;
  private final InstantSource clock;
  private final PrincipalResolver longTerm;
  private final ConcurrentHashMap<String, TemporaryCredentials> opened = new ConcurrentHashMap<>();

  /**
   * @param longTerm who knows the keys that come without a token
   */
  public Sessions(
      Keyring keyring, Randomness randomness, InstantSource clock, PrincipalResolver longTerm) {
    this.keyring = keyring;
    this.randomness = randomness;
    this.clock = clock;
    this.longTerm = longTerm;
  }

  /** Gives out credentials for the session. */
  Credentials issue(Principal principal, Session session) {
    String secret = randomness.text(SECRET_ALPHABET, 40);
    TemporaryCredentials credentials =
        new TemporaryCredentials(
            AccessKeyId.of(AccessKeyId.TEMPORARY, account(principal), randomness),
            Secret.of(secret),
            principal,
            session);
    byte[] sealed = keyring.seal(PURPOSE, SessionToken.write(credentials));
    return Credentials.builder()
        .accessKeyId(credentials.accessKeyId())
        .secretAccessKey(secret)
        .sessionToken(Base64.getEncoder().encodeToString(sealed))
        .expiration(session.expiresAt())
        .build();
  }

  private static AccountId account(Principal principal) {
    return Objects.requireNonNull(principal.account(), "a session belongs to an account");
  }

  @Override
  public Resolution resolve(String accessKeyId, @Nullable String sessionToken) {
    if (sessionToken == null) {
      return longTerm.resolve(accessKeyId, null);
    }
    if (sessionToken.length() > LONGEST_TOKEN) {
      return new Resolution.Unknown();
    }
    TemporaryCredentials credentials;
    try {
      credentials = open(sessionToken);
    } catch (CryptoException notOurs) {
      return new Resolution.Unknown();
    }
    if (!credentials.accessKeyId().equals(accessKeyId)) {
      return new Resolution.Unknown();
    }
    if (!clock.instant().isBefore(credentials.session().expiresAt())) {
      return new Resolution.Expired();
    }
    return new Resolution.Known(
        new Caller(credentials.principal(), accessKeyId, credentials.session()),
        credentials.secretAccessKey());
  }

  /** Opening costs more than the rest of the gate, and a client sends one token for an hour. */
  private TemporaryCredentials open(String token) {
    TemporaryCredentials known = opened.get(token);
    if (known != null) {
      return known;
    }
    byte[] sealed;
    try {
      sealed = Base64.getDecoder().decode(token);
    } catch (IllegalArgumentException notBase64) {
      throw new CryptoException();
    }
    TemporaryCredentials credentials = SessionToken.read(keyring.open(PURPOSE, sealed));
    if (opened.size() >= CACHED) {
      opened.clear();
    }
    opened.put(token, credentials);
    return credentials;
  }
}
