package dev.sekisho.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sekisho.federation.oidc.IssuerKeys;
import dev.sekisho.federation.oidc.IssuerMetadata;
import dev.sekisho.federation.oidc.RejectedToken;
import dev.sekisho.federation.oidc.TokenClaims;
import dev.sekisho.federation.oidc.WebIdentityToken;
import java.nio.charset.StandardCharsets;

/** Tokens, key sets and discovery documents are read or refused; without keys none is believed. */
class WebIdentityTokenFuzzTest {

  @FuzzTest(maxDuration = "1m")
  void aTokenIsNotBelievedWithoutAKey(byte[] bytes) {
    try {
      TokenClaims claims =
          WebIdentityToken.parse(new String(bytes, StandardCharsets.UTF_8))
              .verify(IssuerKeys.parse("{\"keys\":[]}"));
      throw new AssertionError("believed without a key: " + claims);
    } catch (RejectedToken refused) {
      refused.reason();
    }
  }

  @FuzzTest(maxDuration = "1m")
  void documentsOfIssuersAreReadOrRefused(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      IssuerKeys.parse(text);
    } catch (RejectedToken refused) {
      refused.reason();
    }
    try {
      IssuerMetadata.parse(text);
    } catch (RejectedToken refused) {
      refused.reason();
    }
  }
}
