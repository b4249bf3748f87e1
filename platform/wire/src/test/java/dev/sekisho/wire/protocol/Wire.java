package dev.sekisho.wire.protocol;

import dev.sekisho.contract.HttpBinding;
import dev.sekisho.contract.Member;
import dev.sekisho.contract.Operation;
import dev.sekisho.contract.Protocol;
import dev.sekisho.contract.ServiceModel;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.Shape.Range;
import dev.sekisho.contract.Shape.TimestampFormat;
import dev.sekisho.contract.Structure;
import dev.sekisho.contract.StructureShape;
import dev.sekisho.core.Blob;
import dev.sekisho.wire.Headers;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.WireResponse;
import dev.sekisho.wire.probe.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Shapes made by hand, and requests and answers without a port, for the tests of the codecs. */
final class Wire {

  static final Shape STRING = new Shape.StringShape("S", Range.NONE, null, List.of(), false);
  static final Shape INTEGER = new Shape.IntegerShape("I", Range.NONE);
  static final Shape LONG = new Shape.LongShape("L", Range.NONE);
  static final Shape FLOAT = new Shape.FloatShape("F", Range.NONE);
  static final Shape DOUBLE = new Shape.DoubleShape("D", Range.NONE);
  static final Shape BOOLEAN = new Shape.BooleanShape("B");
  static final Shape BLOB = new Shape.BlobShape("Bytes", Range.NONE, false, false);
  static final Shape TIMESTAMP = new Shape.TimestampShape("T", null);
  static final StructureShape<Values> EMPTY = Values.shape("Empty");

  private Wire() {}

  static Shape timestamp(TimestampFormat format) {
    return new Shape.TimestampShape("T", format);
  }

  static Shape list(Shape element) {
    return new Shape.ListShape("List", () -> element, "member", false, Range.NONE);
  }

  static Shape list(Shape element, String elementName, boolean flattened) {
    return new Shape.ListShape("List", () -> element, elementName, flattened, Range.NONE);
  }

  static Shape map(Shape value) {
    return map(value, "key", "value", false);
  }

  static Shape map(Shape value, String keyName, String valueName, boolean flattened) {
    return new Shape.MapShape(
        "Map", () -> STRING, () -> value, keyName, valueName, flattened, Range.NONE);
  }

  static Member member(String name, Shape shape) {
    return Member.of(name, () -> shape).build();
  }

  /** A request with a body and these headers, given as name, value, name, value. */
  static WireRequest post(String body, String... headers) {
    return request("POST", "/", "", body, headers);
  }

  static WireRequest request(
      String method, String path, String query, String body, String... headers) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      fields.add(Map.entry(headers[i], headers[i + 1]));
    }
    return new WireRequest(
        method,
        path,
        query,
        Headers.of(fields),
        Blob.of(body.getBytes(StandardCharsets.UTF_8)),
        "127.0.0.1",
        false);
  }

  static <T extends Structure> T read(
      Protocol protocol, StructureShape<T> shape, WireRequest request) {
    return read(protocol, shape, request, Map.of());
  }

  static <T extends Structure> T read(
      Protocol protocol, StructureShape<T> shape, WireRequest request, Map<String, String> labels) {
    return Codec.of(protocol).read(operation(shape, EMPTY, null), request, labels);
  }

  static WireResponse write(Protocol protocol, Structure output) {
    return write(protocol, output, "https://example.com/doc/");
  }

  static WireResponse write(Protocol protocol, Structure output, String xmlNamespace) {
    ServiceModel<Object> service =
        new ServiceModel<>(
            "x",
            "x",
            "x",
            "2026-01-01",
            protocol,
            null,
            xmlNamespace,
            "x",
            false,
            Map.of(),
            Map.of());
    return Codec.of(protocol)
        .write(service, operation(EMPTY, output.shape(), "DoResult"), output, "request-1");
  }

  static String body(WireResponse response) {
    return new String(response.blob().bytes(), StandardCharsets.UTF_8);
  }

  /** The values of the header in the answer. */
  static List<String> headers(WireResponse response, String name) {
    return response.headers().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static <I extends Structure, O extends Structure> Operation<Object, I, O> operation(
      StructureShape<I> input, StructureShape<O> output, String resultWrapper) {
    return new Operation<>(
        "Do",
        new HttpBinding("POST", "/", 201),
        input,
        output,
        resultWrapper,
        false,
        List.of(),
        (_, _) -> {
          throw new AssertionError("nobody calls it");
        });
  }
}
