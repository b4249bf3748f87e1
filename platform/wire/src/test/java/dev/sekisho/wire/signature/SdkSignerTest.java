package dev.sekisho.wire.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Caller;
import dev.sekisho.core.PrincipalResolver.Resolution;
import dev.sekisho.core.Secret;
import dev.sekisho.wire.Headers;
import dev.sekisho.wire.WireRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Whatever AWS's own signer signs is good, and no part of it can be altered. */
class SdkSignerTest {

  /** The ways clients sign. */
  enum Way {
    HEADER,
    HEADER_WITH_TOKEN,
    QUERY,
    OBJECT_HEADER,
    OBJECT_QUERY;

    boolean inQuery() {
      return this == QUERY || this == OBJECT_QUERY;
    }

    PayloadRule rule() {
      return this == OBJECT_HEADER || this == OBJECT_QUERY
          ? PayloadRule.OBJECT
          : PayloadRule.SIGNED;
    }

    String service() {
      return rule() == PayloadRule.OBJECT ? "s3" : "access-analyzer";
    }
  }

  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final String TOKEN = "to/ken+==";
  private static final int ROUNDS = 1_500;
  private static final String PIECES = "abcXYZ019-_.~ /%+=&?#:@!$'()*,;[]\u00fc\u65e5";

  private final SignatureVerifier verifier =
      new SignatureVerifier(SdkSignerTest::resolve, InstantSource.fixed(NOW));

  private static Resolution resolve(String keyId, String token) {
    return keyId.equals("AKIDEXAMPLE") && (token == null || token.equals(TOKEN))
        ? new Resolution.Known(Caller.ANONYMOUS, Secret.of("the secret/+key"))
        : new Resolution.Unknown();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void whatIsSignedIsGoodAndNothingOfItCanBeAltered(Way way) {
    Random random = new Random(20260304 + way.ordinal());
    for (int round = 0; round < ROUNDS; round++) {
      WireRequest request = signed(way, random);

      assertThat(verify(way, request).scope().accessKeyId()).isEqualTo("AKIDEXAMPLE");

      for (int i = 0; i < 4; i++) {
        WireRequest altered = altered(request, random);
        assertThat(isRefused(way, altered))
            .as("%s\nonce\n%s", shown(altered), shown(request))
            .isTrue();
      }
    }
  }

  private static String shown(WireRequest request) {
    StringBuilder text = new StringBuilder(request.toString());
    for (int i = 0; i < request.headers().size(); i++) {
      text.append('\n').append(request.headers().name(i)).append(": ");
      text.append(request.headers().value(i));
    }
    return text.toString();
  }

  private boolean isRefused(Way way, WireRequest request) {
    try {
      verify(way, request);
      return false;
    } catch (SignatureFailure refused) {
      return true;
    }
  }

  private Verified verify(Way way, WireRequest request) {
    return verifier.verify(
        request,
        Claim.of(request),
        way.service(),
        Set.of("eu-west-1"),
        Duration.ofMinutes(15),
        way.rule());
  }

  private static WireRequest signed(Way way, Random random) {
    // What is signed in the query has no body that the signature covers, but for S3's word.
    byte[] body = way.inQuery() ? new byte[0] : text(random, 40).getBytes(StandardCharsets.UTF_8);
    SdkHttpRequest.Builder unsigned =
        SdkHttpRequest.builder()
            .method(body.length == 0 ? SdkHttpMethod.GET : SdkHttpMethod.PUT)
            .uri(URI.create("https://host.example"))
            .encodedPath(path(random));
    for (int i = random.nextInt(4); i > 0; i--) {
      unsigned.appendRawQueryParameter("q" + text(random, 6), text(random, 10));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      unsigned.putHeader("X-Amz-Meta-" + i, "a  b" + random.nextInt() + " \t c");
    }
    AwsCredentialsIdentity identity =
        way == Way.HEADER_WITH_TOKEN
            ? AwsSessionCredentialsIdentity.create("AKIDEXAMPLE", "the secret/+key", TOKEN)
            : AwsCredentialsIdentity.create("AKIDEXAMPLE", "the secret/+key");
    boolean object = way.rule() == PayloadRule.OBJECT;
    SdkHttpRequest request =
        AwsV4HttpSigner.create()
            .sign(sign ->
                sign.identity(identity)
                    .request(unsigned.build())
                    .payload(ContentStreamProvider.fromByteArray(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, way.service())
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                    .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(NOW, ZoneOffset.UTC))
                    .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, !object)
                    .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, !object)
                    .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, way != Way.OBJECT_QUERY)
                    .putProperty(
                        AwsV4HttpSigner.AUTH_LOCATION,
                        way.inQuery() ? AuthLocation.QUERY_STRING : AuthLocation.HEADER)
                    .putProperty(
                        AwsV4HttpSigner.EXPIRATION_DURATION,
                        way.inQuery() ? Duration.ofMinutes(1) : null))
            .request();
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    request.forEachHeader(
        (name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
    return new WireRequest(
        request.method().name(),
        request.encodedPath(),
        request.encodedQueryParameters().orElse(""),
        Headers.of(headers),
        Blob.of(body),
        "127.0.0.1",
        true);
  }

  private static String path(Random random) {
    StringBuilder path = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      path.append('/').append(UriEncoding.encode(text(random, 8).replace(".", ""), false));
    }
    return path.toString();
  }

  private static String text(Random random, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most); i >= 0; i--) {
      text.append(PIECES.charAt(random.nextInt(PIECES.length())));
    }
    return text.toString();
  }

  /** The request with one character of it another. */
  private static WireRequest altered(WireRequest request, Random random) {
    String query = request.query();
    byte[] body = request.blob().bytes().clone();
    int part = random.nextInt(5);
    if (part == 0 && request.path().length() > 1) {
      return of(request, flipped(request.path(), 1, random), query, request.headers(), body);
    }
    if (part == 1 && !query.isEmpty()) {
      return of(request, request.path(), flipped(query, 0, random), request.headers(), body);
    }
    if (part == 2 && body.length > 0) {
      body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
      return of(request, request.path(), query, request.headers(), body);
    }
    if (part == 3) {
      return new WireRequest(
          "POST", request.path(), query, request.headers(), request.body(), "127.0.0.1", true);
    }
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    int chosen = random.nextInt(request.headers().size());
    for (int i = 0; i < request.headers().size(); i++) {
      String value = request.headers().value(i);
      headers.add(
          Map.entry(request.headers().name(i), i == chosen ? flipped(value, 0, random) : value));
    }
    return of(request, request.path(), query, Headers.of(headers), body);
  }

  private static WireRequest of(
      WireRequest request, String path, String query, Headers headers, byte[] body) {
    return new WireRequest(
        request.method(), path, query, headers, Blob.of(body), "127.0.0.1", true);
  }

  /** A letter that is no hexadecimal digit, so that no escape keeps its meaning. */
  private static String flipped(String text, int from, Random random) {
    int at = from + random.nextInt(text.length() - from);
    char other = text.charAt(at) == 'z' ? 'y' : 'z';
    return text.substring(0, at) + other + text.substring(at + 1);
  }
}
