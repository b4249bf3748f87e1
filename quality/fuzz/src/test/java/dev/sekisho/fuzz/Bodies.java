package dev.sekisho.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.HttpBinding;
import dev.sekisho.contract.Operation;
import dev.sekisho.contract.Structure;
import dev.sekisho.contract.StructureShape;
import dev.sekisho.core.Blob;
import dev.sekisho.wire.Headers;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.protocol.Codec;
import dev.sekisho.wire.protocol.MalformedRequest;
import dev.sekisho.wire.validation.Validator;
import dev.sekisho.wire.validation.ViolationStyle;
import java.util.List;
import java.util.Map;

/** Reads a body as the input of an operation, as far as the gates before the policies do. */
record Bodies<T extends Structure>(Codec codec, Operation<Object, T, T> operation) {

  static <T extends Structure> Bodies<T> of(Codec codec, StructureShape<T> shape) {
    return new Bodies<>(
        codec,
        new Operation<>(
            "Fuzzed",
            new HttpBinding("POST", "/", 200),
            shape,
            shape,
            "FuzzedResult",
            false,
            List.of(),
            (_, _) -> {
              throw new AssertionError("nothing is called here");
            }));
  }

  static WireRequest request(String contentType, byte[] body) {
    return new WireRequest(
        "POST",
        "/",
        "",
        Headers.of(List.of(Map.entry("content-type", contentType))),
        Blob.of(body),
        "127.0.0.1",
        false);
  }

  /** What the body says, or null when it was refused. */
  T read(String contentType, byte[] body) {
    T input;
    try {
      input = codec.read(operation, request(contentType, body), Map.of());
    } catch (MalformedRequest refused) {
      assertThat(codec.malformed(refused).status()).isEqualTo(400);
      return null;
    }
    String violations = Validator.check(input, ViolationStyle.WITH_VALUE);
    assertThat(violations == null || violations.contains("detected: ")).isTrue();
    return input;
  }

  /** Writes what was read and reads it once more. */
  void goesRound(String contentType, byte[] body) {
    T once = read(contentType, body);
    if (once != null) {
      byte[] written = codec.write(null, operation, once, "id").blob().bytes();
      assertThat(read(contentType, written)).isEqualTo(once);
    }
  }
}
