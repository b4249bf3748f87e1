package dev.sekisho.fuzz;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Caller;
import dev.sekisho.core.PrincipalResolver.Resolution;
import dev.sekisho.core.Secret;
import dev.sekisho.wire.Headers;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.signature.Claim;
import dev.sekisho.wire.signature.PayloadRule;
import dev.sekisho.wire.signature.SignatureFailure;
import dev.sekisho.wire.signature.SignatureVerifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** No Authorization header and no query is a good signature by chance, or more than a refusal. */
class SignatureFuzzTest {

  private static final SignatureVerifier VERIFIER =
      new SignatureVerifier(
          (_, _) -> new Resolution.Known(Caller.ANONYMOUS, Secret.of("not to be guessed")),
          InstantSource.fixed(Instant.parse("2026-03-04T05:06:07Z")));

  private static void refused(String path, String query, List<Map.Entry<String, String>> headers) {
    WireRequest request =
        new WireRequest(
            "GET", path, query, Headers.of(headers), Blob.of(new byte[0]), "127.0.0.1", false);
    for (PayloadRule rule : PayloadRule.values()) {
      assertThatThrownBy(() ->
              VERIFIER.verify(
                  request,
                  Claim.of(request),
                  "iam",
                  Set.of("us-east-1"),
                  Duration.ofMinutes(15),
                  rule))
          .isInstanceOf(SignatureFailure.class);
    }
  }

  @FuzzTest(maxDuration = "1m")
  void header(byte[] authorization) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry("host", "iam.amazonaws.com"));
    headers.add(Map.entry("x-amz-date", "20260304T050607Z"));
    headers.add(Map.entry("x-amz-content-sha256", "UNSIGNED-PAYLOAD"));
    headers.add(Map.entry("authorization", new String(authorization, StandardCharsets.ISO_8859_1)));
    refused("/", "", headers);
  }

  /** Path and query, parted by the first question mark. */
  @FuzzTest(maxDuration = "1m")
  void address(byte[] address) {
    String text = new String(address, StandardCharsets.ISO_8859_1);
    int mark = text.indexOf('?');
    refused(
        "/" + (mark < 0 ? text : text.substring(0, mark)),
        mark < 0 ? "" : text.substring(mark + 1),
        List.of(Map.entry("host", "iam.amazonaws.com")));
  }
}
