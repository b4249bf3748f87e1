package dev.sekisho.federation.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.util.List;

/** The keys a provider signs with. */
public final class IssuerKeys {

  /** As many of each type as AWS reads. */
  private static final int MOST = 100;

  private static final int SHORTEST_RSA = 2_048;

  private final List<JWK> keys;

  private IssuerKeys(List<JWK> keys) {
    this.keys = keys;
  }

  /**
   * Reads a JSON Web Key Set.
   *
   * @throws RejectedToken when it is none, or holds too many keys
   */
  public static IssuerKeys parse(String json) throws RejectedToken {
    List<JWK> keys;
    try {
      keys = JWKSet.parse(json).getKeys();
    } catch (ParseException | RuntimeException unreadable) {
      throw new RejectedToken(RejectedToken.Reason.UNKNOWN_KEY, "not a key set");
    }
    if (keys.stream().filter(RSAKey.class::isInstance).count() > MOST
        || keys.stream().filter(ECKey.class::isInstance).count() > MOST) {
      throw new RejectedToken(RejectedToken.Reason.UNKNOWN_KEY, "too many keys");
    }
    return new IssuerKeys(keys);
  }

  /** Those that may have signed a token with the header. */
  List<JWK> fitting(JWSHeader header) {
    return keys.stream()
        .filter(key -> header.getKeyID() == null || header.getKeyID().equals(key.getKeyID()))
        .filter(key -> key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
        .filter(
            key -> key.getAlgorithm() == null || key.getAlgorithm().equals(header.getAlgorithm()))
        .filter(key ->
            JWSAlgorithm.Family.RSA.contains(header.getAlgorithm())
                ? key instanceof RSAKey && key.size() >= SHORTEST_RSA
                : key instanceof ECKey)
        .toList();
  }
}
