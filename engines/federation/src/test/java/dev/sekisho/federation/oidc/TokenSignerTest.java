package dev.sekisho.federation.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an issuer signs is verified by what it publishes, and by nothing else. */
class TokenSignerTest {

  private static final Map<String, Object> CLAIMS =
      Map.of(
          "iss", "https://issuer.example",
          "aud", "somebody",
          "sub", "me",
          "iat", 1_700_000_000L,
          "exp", 1_700_000_300L);

  private static KeyPair pair(TokenSigner signer) throws GeneralSecurityException {
    KeyPairGenerator generator =
        KeyPairGenerator.getInstance(
            switch (signer) {
              case RS256 -> "RSA";
              case ES384 -> "EC";
            });
    switch (signer) {
      case RS256 -> generator.initialize(2048);
      case ES384 -> generator.initialize(new ECGenParameterSpec("secp384r1"));
    }
    return generator.generateKeyPair();
  }

  private static String sign(TokenSigner signer, KeyPair pair) {
    return signer.sign(CLAIMS, Secret.of(pair.getPrivate().getEncoded()));
  }

  private static IssuerKeys published(TokenSigner signer, KeyPair pair) throws RejectedToken {
    return IssuerKeys.parse(
        IssuerDocuments.keys(Map.of(signer, Blob.of(pair.getPublic().getEncoded()))));
  }

  @ParameterizedTest
  @EnumSource
  void aTokenIsVerifiedByThePublishedKeyOnly(TokenSigner signer) throws Exception {
    KeyPair pair = pair(signer);
    String text = sign(signer, pair);
    TokenClaims claims = WebIdentityToken.parse(text).verify(published(signer, pair));
    assertThat(claims.issuer()).isEqualTo("https://issuer.example");
    assertThat(claims.subject()).isEqualTo("me");
    IssuerKeys others = published(signer, pair(signer));
    assertThatThrownBy(() -> WebIdentityToken.parse(text).verify(others))
        .isInstanceOf(RejectedToken.class);
    char[] forged = text.toCharArray();
    int at = text.lastIndexOf('.') + 20;
    forged[at] = forged[at] == 'A' ? 'B' : 'A';
    IssuerKeys own = published(signer, pair);
    assertThatThrownBy(() -> WebIdentityToken.parse(new String(forged)).verify(own))
        .isInstanceOf(RejectedToken.class);
  }

  @Test
  void whatIsPublishedIsNotPrivate() throws Exception {
    KeyPair rsa = pair(TokenSigner.RS256);
    KeyPair curve = pair(TokenSigner.ES384);
    String keys =
        IssuerDocuments.keys(
            Map.of(
                TokenSigner.RS256, Blob.of(rsa.getPublic().getEncoded()),
                TokenSigner.ES384, Blob.of(curve.getPublic().getEncoded())));
    assertThat(keys)
        .contains("\"RSA_0\"", "\"EC384_0\"", "\"P-384\"", "\"use\":\"sig\"")
        .doesNotContain("\"d\"", "\"p\"", "\"q\"");
  }

  @Test
  void aKeyOfAnotherKindIsRefusedWithoutTellingOfIt() throws Exception {
    KeyPair rsa = pair(TokenSigner.RS256);
    KeyPair curve = pair(TokenSigner.ES384);
    assertThatThrownBy(() -> sign(TokenSigner.ES384, rsa))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the key does not sign by ES384")
        .hasNoCause();
    assertThatThrownBy(() -> sign(TokenSigner.RS256, curve))
        .hasMessage("the key does not sign by RS256")
        .hasNoCause();
    assertThatThrownBy(() -> published(TokenSigner.RS256, curve))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(TokenSigner.named("none")).isEmpty();
    assertThat(TokenSigner.named("ES384")).hasValue(TokenSigner.ES384);
  }

  @Test
  void theDocumentLeadsToTheKeys() throws Exception {
    String document = IssuerDocuments.configuration("https://issuer.example/one");
    assertThat(IssuerMetadata.parse(document).toString())
        .contains("https://issuer.example/one/.well-known/jwks.json");
    assertThat(document).contains("RS256", "ES384", "https://sts.amazonaws.com/");
  }
}
