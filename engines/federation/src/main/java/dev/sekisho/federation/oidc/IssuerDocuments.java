package dev.sekisho.federation.oidc;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.sekisho.core.Blob;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What an issuer publishes of itself, so that anybody can verify its tokens. */
public final class IssuerDocuments {

  /** Where the first document stands below an issuer's URL. */
  public static final String CONFIGURATION = "/.well-known/openid-configuration";

  /** Where the second document stands below an issuer's URL. */
  public static final String KEYS = "/.well-known/jwks.json";

  private IssuerDocuments() {}

  /** The discovery document. */
  public static String configuration(String issuer) {
    return JSONObjectUtils.toJSONString(
        Map.of(
            "issuer", issuer,
            "jwks_uri", issuer + KEYS,
            "subject_types_supported", List.of("public"),
            "id_token_signing_alg_values_supported",
                Stream.of(TokenSigner.values()).map(Enum::name).toList(),
            "claims_supported",
                List.of("sub", "iss", "aud", "exp", "iat", "jti", "https://sts.amazonaws.com/")));
  }

  /**
   * The keys.
   *
   * @param keys as X.509 SubjectPublicKeyInfo in DER
   */
  public static String keys(Map<TokenSigner, Blob> keys) {
    return JSONObjectUtils.toJSONString(
        Map.of(
            "keys",
            keys.entrySet().stream()
                .map(each -> each.getKey().published(each.getValue()))
                .toList()));
  }
}
