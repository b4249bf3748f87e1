package dev.sekisho.wire.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sekisho.core.Caller;
import dev.sekisho.core.PrincipalResolver;
import dev.sekisho.core.Secret;
import dev.sekisho.wire.WireRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case of the public SigV4 suite is accepted as signed, and refused with any byte changed.
 */
class SignatureVectorsTest {

  private static final Duration WINDOW = Duration.ofMinutes(15);

  @TestFactory
  Stream<DynamicTest> acceptsEveryVectorInHeaderAndQueryForm() throws IOException {
    Path suite = suite();
    return Files.list(suite)
        .sorted()
        .flatMap(folder ->
            Stream.of("header", "query")
                .map(form ->
                    DynamicTest.dynamicTest(
                        folder.getFileName() + " " + form, () -> check(folder, form))));
  }

  private static Path suite() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path suite = folder.resolve("shared/data/sigv4/v4");
      if (Files.isDirectory(suite)) {
        return suite;
      }
    }
    assumeTrue(false, "the SigV4 suite is not beside the project");
    throw new AssertionError("unreachable");
  }

  private static void check(Path folder, String form) throws IOException {
    Map<String, String> context = context(folder.resolve("context.json"));
    RawRequest raw =
        RawRequest.parse(Files.readString(folder.resolve(form + "-signed-request.txt")));
    WireRequest request = raw.toWireRequest();
    SignatureVerifier verifier =
        new SignatureVerifier(
            resolver(context), InstantSource.fixed(Instant.parse(context.get("timestamp"))));

    Verified verified = verify(verifier, request);

    assertThat(verified.scope().accessKeyId()).isEqualTo(context.get("access_key_id"));
    assertThat(verified.signature())
        .isEqualTo(Files.readString(folder.resolve(form + "-signature.txt")).strip());
    for (RawRequest altered :
        List.of(
            raw.withMethod("PUT"),
            raw.withPath(raw.path() + "x"),
            raw.withBody(raw.body() + "x"))) {
      assertThatThrownBy(() -> verify(verifier, altered.toWireRequest()))
          .isInstanceOf(SignatureFailure.class);
    }
  }

  private static Verified verify(SignatureVerifier verifier, WireRequest request) {
    return verifier.verify(
        request, Claim.of(request), "service", Set.of("us-east-1"), WINDOW, PayloadRule.SIGNED);
  }

  private static PrincipalResolver resolver(Map<String, String> context) {
    return (accessKeyId, token) ->
        accessKeyId.equals(context.get("access_key_id"))
            ? new PrincipalResolver.Resolution.Known(
                Caller.ANONYMOUS, Secret.of(context.get("secret_access_key")))
            : new PrincipalResolver.Resolution.Unknown();
  }

  private static Map<String, String> context(Path file) throws IOException {
    Map<String, String> values = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
      while (parser.nextToken() != null) {
        if (parser.currentToken().isScalarValue()) {
          values.put(parser.currentName(), parser.getText());
        }
        assertThat(parser.currentToken()).isNotEqualTo(JsonToken.NOT_AVAILABLE);
      }
    }
    return values;
  }
}
