package dev.sekisho.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sekisho.federation.saml.RejectedSaml;
import dev.sekisho.federation.saml.SamlMetadata;
import dev.sekisho.federation.saml.SamlResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Metadata is read or refused; a response that nobody signed is refused. */
class SamlFuzzTest {

  private static final SamlMetadata NOBODY = new SamlMetadata("https://idp", List.of(), null);

  @FuzzTest(maxDuration = "1m")
  void metadataIsReadOrRefused(byte[] document) {
    try {
      SamlMetadata read = SamlMetadata.parse(new String(document, StandardCharsets.UTF_8));
      if (read.certificates().isEmpty()) {
        throw new AssertionError("a provider without a certificate cannot sign");
      }
    } catch (RejectedSaml refused) {
      refused.reason();
    }
  }

  @FuzzTest(maxDuration = "1m")
  void aResponseNobodySignedIsRefused(byte[] document) {
    try {
      SamlResponse read = SamlResponse.verify(document, NOBODY, false, List.of());
      throw new AssertionError("taken without a signature: " + read);
    } catch (RejectedSaml refused) {
      refused.reason();
    }
  }
}
