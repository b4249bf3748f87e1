package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.sekisho.federation.oidc.IssuerKeys;
import dev.sekisho.federation.oidc.RejectedToken;
import dev.sekisho.federation.oidc.TokenClaims;
import dev.sekisho.federation.oidc.WebIdentityToken;
import dev.sekisho.federation.saml.RejectedSaml;
import dev.sekisho.federation.saml.SamlAssertion;
import dev.sekisho.federation.saml.SamlMetadata;
import dev.sekisho.federation.saml.SamlResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However a signed identity is altered, it says what was signed or it is refused. */
class MutatedIdentitiesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  /** Changes, drops, doubles or moves a few bytes. */
  private static byte[] mutated(byte[] original, Random random) {
    byte[] changed = original.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(changed.length);
      int length = Math.min(1 + random.nextInt(60), changed.length - at);
      switch (random.nextInt(4)) {
        case 0 -> changed[at] = (byte) (32 + random.nextInt(95));
        case 1 -> changed = joined(changed, at, new byte[0], at + length);
        case 2 -> changed = joined(changed, at, Arrays.copyOfRange(changed, at, at + length), at);
        default -> {
          byte[] moved = Arrays.copyOfRange(changed, at, at + length);
          byte[] without = joined(changed, at, new byte[0], at + length);
          int to = random.nextInt(without.length + 1);
          changed = joined(without, to, moved, to);
        }
      }
      if (changed.length == 0) {
        return original.clone();
      }
    }
    return changed;
  }

  private static byte[] joined(byte[] bytes, int until, byte[] between, int from) {
    byte[] all = Arrays.copyOf(bytes, until + between.length + bytes.length - from);
    System.arraycopy(between, 0, all, until, between.length);
    System.arraycopy(bytes, from, all, until + between.length, bytes.length - from);
    return all;
  }

  @Test
  void anAlteredResponseSaysWhatWasSignedOrIsRefused() throws Exception {
    SamlProvider provider = new SamlProvider();
    SamlMetadata metadata = SamlMetadata.parse(provider.metadata());
    SamlProvider.Content content =
        new SamlProvider.Content(NOW)
            .attribute("Role", "arn:aws:iam::000000000001:role/a,arn:aws:iam::000000000001:x")
            .attribute("RoleSessionName", "ann");
    byte[] signed = provider.signed(content).getBytes(StandardCharsets.UTF_8);
    SamlAssertion original = SamlResponse.verify(signed, metadata, false, List.of()).assertion();
    Random random = new Random(20_261_125);
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] altered = mutated(signed, random);
      try {
        assertThat(SamlResponse.verify(altered, metadata, false, List.of()).assertion())
            .as(new String(altered, StandardCharsets.UTF_8))
            .isEqualTo(original);
      } catch (RejectedSaml rejected) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(4_000);
  }

  @Test
  void anAlteredTokenSaysWhatWasSignedOrIsRefused() throws Exception {
    RSAKey key = new RSAKeyGenerator(2048).keyID("k").generate();
    IssuerKeys keys = IssuerKeys.parse(new JWKSet(key.toPublicJWK()).toString());
    byte[] signed =
        OidcIssuer.sign(
                JWSAlgorithm.RS256,
                "k",
                new RSASSASigner(key),
                new JWTClaimsSet.Builder()
                    .issuer("https://issuer.example.com")
                    .subject("ann")
                    .audience("app")
                    .issueTime(Date.from(NOW))
                    .expirationTime(Date.from(NOW.plusSeconds(600)))
                    .build())
            .getBytes(StandardCharsets.US_ASCII);
    TokenClaims original =
        WebIdentityToken.parse(new String(signed, StandardCharsets.US_ASCII)).verify(keys);
    Random random = new Random(20_261_125);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      String altered = new String(mutated(signed, random), StandardCharsets.US_ASCII);
      try {
        assertThat(WebIdentityToken.parse(altered).verify(keys)).as(altered).isEqualTo(original);
      } catch (RejectedToken rejected) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(15_000);
  }
}
