package dev.sekisho.wire.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.Secret;
import dev.sekisho.wire.chunked.AwsChunkedInputStream;
import dev.sekisho.wire.chunked.ChunkedBodyException;
import dev.sekisho.wire.chunked.ChunkedBodyException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Chunked uploads, by the example in S3's documentation: 65 KiB of the letter a, in chunks of 64
 * KiB.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html">Signature
 *     calculations for multiple chunks</a>
 */
class AwsChunkedTest {

  private static final int LENGTH = 66_560;
  private static final String FIRST = "a".repeat(65_536);
  private static final String SECOND = "a".repeat(1_024);
  private static final String SIGNED =
      head("10000", "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648")
          + FIRST
          + "\r\n"
          + head("400", "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497")
          + SECOND
          + "\r\n"
          + head("0", "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9")
          + "\r\n";
  private static final String SIGNED_TRAILER =
      head("10000", "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2")
          + FIRST
          + "\r\n"
          + head("400", "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7")
          + SECOND
          + "\r\n"
          + head("0", "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992")
          + "x-amz-checksum-crc32c:sOO8/Q==\r\n"
          + "x-amz-trailer-signature:"
          + "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n";
  private static final String UNSIGNED_TRAILER =
      "10000\r\n"
          + FIRST
          + "\r\n400\r\n"
          + SECOND
          + "\r\n0\r\nx-amz-checksum-crc32c:sOO8/Q==\r\n\r\n";

  private static String head(String size, String signature) {
    return size + ";chunk-signature=" + signature + "\r\n";
  }

  private static ChunkSignatures signatures(String seed) {
    CredentialScope scope =
        new CredentialScope("AKIAIOSFODNN7EXAMPLE", "20130524", "us-east-1", "s3");
    return new ChunkSignatures(
        new SigningKeys().mac(scope, Secret.of("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")),
        "20130524T000000Z",
        scope,
        seed);
  }

  private static AwsChunkedInputStream stream(String form, String body) {
    InputStream bytes = new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1));
    Set<String> trailer = Payload.hasTrailer(form) ? Set.of("x-amz-checksum-crc32c") : Set.of();
    return new AwsChunkedInputStream(bytes, form, LENGTH, trailer, signaturesOf(form));
  }

  private static ChunkSignatures signaturesOf(String form) {
    return switch (form) {
      case Payload.STREAMING ->
          signatures("4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
      case Payload.STREAMING_TRAILER ->
          signatures("106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e");
      default -> null;
    };
  }

  private record Form(String word, String body) {
    @Override
    public String toString() {
      return word;
    }
  }

  static Stream<Form> forms() {
    return Stream.of(
        new Form(Payload.STREAMING, SIGNED),
        new Form(Payload.STREAMING_TRAILER, SIGNED_TRAILER),
        new Form(Payload.STREAMING_UNSIGNED_TRAILER, UNSIGNED_TRAILER));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void contentIsReadWhole(Form form) throws IOException {
    try (AwsChunkedInputStream stream = stream(form.word(), form.body())) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.US_ASCII))
          .isEqualTo(FIRST + SECOND);
      assertThat(stream.read()).isEqualTo(-1);
      if (Payload.hasTrailer(form.word())) {
        assertThat(stream.trailer()).containsEntry("x-amz-checksum-crc32c", "sOO8/Q==");
      } else {
        assertThat(stream.trailer()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void bodyCutAnywhereIsRefused(Form form) {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      // Half of the cuts near the end, where the last chunk and the trailer are.
      int length =
          form.body().length()
              - 1
              - random.nextInt(i % 2 == 0 ? form.body().length() : Math.min(300, SECOND.length()));
      assertRefused(form.word(), form.body().substring(0, Math.max(0, length)));
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void signedBodyAlteredAnywhereIsRefused(Form form) {
    if (!Payload.isSigned(form.word())) {
      return;
    }
    Random random = new Random(8);
    for (int i = 0; i < 300; i++) {
      char[] altered = form.body().toCharArray();
      int at =
          i % 2 == 0
              ? random.nextInt(altered.length)
              : altered.length - 1 - random.nextInt(Math.min(300, altered.length));
      altered[at] ^= (char) (1 << random.nextInt(5));
      String body = new String(altered);
      // A CR may be left out or be a tab, and a field's name has no case: the same trailer.
      if (!sameTrailer(form.body(), body)) {
        assertRefused(form.word(), body);
      }
    }
  }

  private static boolean sameTrailer(String one, String other) {
    return one.replaceAll("[\r\t]", "").equalsIgnoreCase(other.replaceAll("[\r\t]", ""));
  }

  @Test
  void noByteOfASignedChunkIsHandedOutBeforeItsCheck() throws IOException {
    String body = SIGNED.replaceFirst("a\r\n", "b\r\n");
    try (AwsChunkedInputStream stream = stream(Payload.STREAMING, body)) {
      assertThatThrownBy(stream::read)
          .isInstanceOfSatisfying(
              ChunkedBodyException.class,
              refused -> assertThat(refused.kind()).isEqualTo(Kind.SIGNATURE));
      assertThatThrownBy(stream::read).isInstanceOf(ChunkedBodyException.class);
      assertThatThrownBy(stream::trailer).isInstanceOf(IllegalStateException.class);
    }
  }

  private record Bad(String name, String form, String body, Kind kind) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Bad> bad() {
    String unsigned = Payload.STREAMING_UNSIGNED_TRAILER;
    String last = "0\r\nx-amz-checksum-crc32c:sOO8/Q==\r\n\r\n";
    String content = "10400\r\n" + FIRST + SECOND + "\r\n";
    return Stream.of(
        new Bad("empty", unsigned, "", Kind.INCOMPLETE),
        new Bad("less than announced", unsigned, "1\r\na\r\n" + last, Kind.INCOMPLETE),
        new Bad("more than announced", unsigned, "10401\r\n" + FIRST, Kind.INCOMPLETE),
        new Bad("size of other digits", unsigned, "\u0661\r\na\r\n", Kind.MALFORMED),
        new Bad("size with 0x", unsigned, "0x1\r\na\r\n", Kind.MALFORMED),
        new Bad("negative size", unsigned, "-1\r\na\r\n", Kind.MALFORMED),
        new Bad("no size", unsigned, "\r\n", Kind.MALFORMED),
        new Bad("size too long", unsigned, "0".repeat(13) + "\r\n", Kind.MALFORMED),
        new Bad("endless head", unsigned, "0".repeat(500), Kind.MALFORMED),
        new Bad("LF after the size", unsigned, "1\na\r\n", Kind.MALFORMED),
        new Bad("extension where none belongs", unsigned, "1;a=b\r\na\r\n", Kind.MALFORMED),
        new Bad("no extension", Payload.STREAMING, "1\r\na\r\n", Kind.MALFORMED),
        new Bad("another extension", Payload.STREAMING, "1;a=b\r\na\r\n", Kind.MALFORMED),
        new Bad("chunk not ended", unsigned, "1\r\nab" + last, Kind.MALFORMED),
        new Bad("trailer missing", unsigned, content + "0\r\n\r\n", Kind.TRAILER),
        new Bad("other trailer", unsigned, content + "0\r\na:b\r\n\r\n", Kind.TRAILER),
        new Bad("trailer without colon", unsigned, content + "0\r\na\r\n\r\n", Kind.TRAILER),
        new Bad(
            "trailer twice",
            unsigned,
            content + "0\r\nx-amz-checksum-crc32c:a\r\nx-amz-checksum-crc32c:b\r\n\r\n",
            Kind.TRAILER),
        new Bad("long trailer", unsigned, content + "0\r\n" + "a".repeat(5_000), Kind.TRAILER),
        new Bad("many trailers", unsigned, content + "0\r\n" + fields(20) + "\r\n", Kind.TRAILER),
        new Bad("bytes after the end", unsigned, content + last + "a", Kind.MALFORMED),
        new Bad("chunks swapped", Payload.STREAMING, swapped(), Kind.SIGNATURE),
        new Bad(
            "trailer not signed",
            Payload.STREAMING_TRAILER,
            SIGNED_TRAILER.replaceFirst("x-amz-trailer-signature:[0-9a-f]+\r\n", ""),
            Kind.SIGNATURE));
  }

  private static String fields(int count) {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < count; i++) {
      fields.append("a").append(i).append(":b\r\n");
    }
    return fields.toString();
  }

  private static String swapped() {
    int second = SIGNED.indexOf("400;");
    int last = SIGNED.indexOf("0;", second + 100);
    return SIGNED.substring(second, last) + SIGNED.substring(0, second) + SIGNED.substring(last);
  }

  @ParameterizedTest
  @MethodSource("bad")
  void whatIsNotOfTheFormIsRefused(Bad each) {
    assertThat(assertRefused(each.form(), each.body())).isEqualTo(each.kind());
  }

  @Test
  void signedChunkHasABound() {
    String size = Integer.toHexString(AwsChunkedInputStream.LARGEST_SIGNED_CHUNK + 1);
    AwsChunkedInputStream stream =
        new AwsChunkedInputStream(
            new ByteArrayInputStream(
                head(size, "0".repeat(64)).getBytes(StandardCharsets.US_ASCII)),
            Payload.STREAMING,
            Long.MAX_VALUE,
            Set.of(),
            signatures("0".repeat(64)));

    assertThatThrownBy(stream::read)
        .isInstanceOfSatisfying(
            ChunkedBodyException.class,
            refused -> assertThat(refused.kind()).isEqualTo(Kind.CHUNK_SIZE));
  }

  private static Kind assertRefused(String form, String body) {
    try (AwsChunkedInputStream stream = stream(form, body)) {
      stream.readAllBytes();
    } catch (ChunkedBodyException refused) {
      assertThat(refused.message()).isNotBlank();
      return refused.kind();
    } catch (IOException other) {
      throw new AssertionError(other);
    }
    throw new AssertionError("a body was taken that is not as it was signed");
  }
}
