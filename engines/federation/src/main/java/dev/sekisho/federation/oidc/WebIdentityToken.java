package dev.sekisho.federation.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import dev.sekisho.federation.oidc.RejectedToken.Reason;
import java.text.ParseException;
import java.util.List;
import java.util.Set;

/**
 * A token before anything in it is believed.
 *
 * <p>INVARIANT: its claims come out through {@link #verify} only; the issuer alone is told before,
 * to find the keys.
 */
public final class WebIdentityToken {

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final SignedJWT token;
  private final TokenClaims claims;

  private WebIdentityToken(SignedJWT token, TokenClaims claims) {
    this.token = token;
    this.claims = claims;
  }

  /**
   * Reads a token.
   *
   * @throws RejectedToken when it is none, lacks a claim, or is not signed with a public key
   */
  public static WebIdentityToken parse(String text) throws RejectedToken {
    SignedJWT token;
    try {
      token = SignedJWT.parse(text);
      if (!ALGORITHMS.contains(token.getHeader().getAlgorithm())) {
        throw new RejectedToken(Reason.MALFORMED, "not an algorithm that is taken");
      }
      return new WebIdentityToken(token, TokenClaims.of(token.getJWTClaimsSet()));
    } catch (ParseException | RuntimeException | StackOverflowError unreadable) {
      throw new RejectedToken(Reason.MALFORMED, "not a signed token");
    }
  }

  /** Who says to have made it. */
  public String claimedIssuer() {
    return claims.issuer();
  }

  /**
   * Its claims, once one of the keys is seen to have signed it.
   *
   * @throws RejectedToken when none did
   */
  public TokenClaims verify(IssuerKeys keys) throws RejectedToken {
    List<JWK> fitting = keys.fitting(token.getHeader());
    if (fitting.isEmpty()) {
      throw new RejectedToken(Reason.UNKNOWN_KEY, "no key of that id");
    }
    for (JWK key : fitting) {
      if (isSignedBy(key)) {
        return claims;
      }
    }
    throw new RejectedToken(Reason.SIGNATURE, "the signature is not good");
  }

  private boolean isSignedBy(JWK key) {
    try {
      return switch (key) {
        case RSAKey rsa -> token.verify(new RSASSAVerifier(rsa.toRSAPublicKey()));
        case ECKey curve -> token.verify(new ECDSAVerifier(curve.toECPublicKey()));
        default -> false;
      };
    } catch (JOSEException | RuntimeException otherKey) {
      return false;
    }
  }
}
