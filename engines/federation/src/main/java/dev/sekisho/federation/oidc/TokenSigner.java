package dev.sekisho.federation.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How an issuer signs: by which key, and how others find that key. */
public enum TokenSigner {
  RS256("RSA", "RSA_0"),
  ES384("EC", "EC384_0");

  private final String family;
  private final String keyId;

  TokenSigner(String family, String keyId) {
    this.family = family;
    this.keyId = keyId;
  }

  public static Optional<TokenSigner> named(String algorithm) {
    return Stream.of(values()).filter(each -> each.name().equals(algorithm)).findFirst();
  }

  private JWSAlgorithm algorithm() {
    return JWSAlgorithm.parse(name());
  }

  /** What tokens call the key that verifies them. */
  public String keyId() {
    return keyId;
  }

  /**
   * A signed token.
   *
   * @param pkcs8 a private key of the signer's kind
   * @throws IllegalArgumentException when it is of another
   */
  public String sign(Map<String, Object> claims, Secret pkcs8) {
    JWTClaimsSet.Builder all = new JWTClaimsSet.Builder();
    claims.forEach(all::claim);
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(algorithm()).keyID(keyId).type(JOSEObjectType.JWT).build(),
            all.build());
    try {
      PrivateKey key =
          KeyFactory.getInstance(family).generatePrivate(new PKCS8EncodedKeySpec(pkcs8.reveal()));
      token.sign(signer(key));
    } catch (GeneralSecurityException | JOSEException unfit) {
      // The cause may tell of the key.
      throw new IllegalArgumentException("the key does not sign by " + name());
    }
    return token.serialize();
  }

  private static JWSSigner signer(PrivateKey key) throws JOSEException {
    return key instanceof ECPrivateKey curve ? new ECDSASigner(curve) : new RSASSASigner(key);
  }

  /**
   * The public key as others read it.
   *
   * @param subjectPublicKeyInfo a key of the signer's kind
   * @throws IllegalArgumentException when it is of another
   */
  Map<String, Object> published(Blob subjectPublicKeyInfo) {
    try {
      PublicKey key =
          KeyFactory.getInstance(family)
              .generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo.bytes()));
      JWK published =
          key instanceof ECPublicKey curve
              ? new ECKey.Builder(Curve.P_384, curve)
                  .keyID(keyId)
                  .keyUse(KeyUse.SIGNATURE)
                  .algorithm(algorithm())
                  .build()
              : new RSAKey.Builder((RSAPublicKey) key)
                  .keyID(keyId)
                  .keyUse(KeyUse.SIGNATURE)
                  .algorithm(algorithm())
                  .build();
      return published.toJSONObject();
    } catch (GeneralSecurityException unfit) {
      throw new IllegalArgumentException("not a key that verifies " + name(), unfit);
    }
  }
}
