package dev.sekisho.wire.protocol;

import dev.sekisho.contract.Member;
import dev.sekisho.contract.Operation;
import dev.sekisho.contract.ServiceModel;
import dev.sekisho.contract.Structure;
import dev.sekisho.contract.StructureShape;
import dev.sekisho.core.Blob;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** REST with JSON bodies (Access Analyzer, GuardDuty, Security Hub, Inspector). */
public enum RestJson implements Codec {
  INSTANCE;

  private static final String JSON = "application/json";
  private static final String BYTES = "application/octet-stream";

  @Override
  public <I extends Structure> I read(
      Operation<?, I, ?> operation, WireRequest request, Map<String, String> labels) {
    StructureShape<I> shape = operation.input();
    @Nullable Object[] values = new @Nullable Object[shape.members().size()];
    RestReader.read(shape, request, labels, values);
    Member payload = shape.payload();
    requireJson(request, payload);
    if (request.body().size() == 0) {
      return shape.make(values);
    }
    if (payload == null) {
      JsonReader.read(request.blob().bytes(), shape, values);
    } else {
      values[shape.members().indexOf(payload)] = payload(payload, request.blob());
    }
    return shape.make(values);
  }

  /** A body of members is JSON and says so, where it says anything. */
  private static void requireJson(WireRequest request, @Nullable Member payload) {
    boolean structure = payload == null || payload.shape() instanceof StructureShape<?>;
    String type = request.headers().first("content-type");
    if (structure && type != null && request.blob().length() > 0 && !ContentTypes.is(type, JSON)) {
      throw new MalformedRequest("The content type must be " + JSON);
    }
  }

  private static Object payload(Member payload, Blob body) {
    return switch (payload.shape()) {
      case StructureShape<?> structure -> structure(structure, body);
      case dev.sekisho.contract.Shape.StringShape _ -> RestReader.text(body);
      default -> body;
    };
  }

  private static <T extends Structure> T structure(StructureShape<T> shape, Blob body) {
    @Nullable Object[] values = new @Nullable Object[shape.members().size()];
    JsonReader.read(body.bytes(), shape, values);
    return shape.make(values);
  }

  @Override
  public WireResponse write(
      ServiceModel<?> service, Operation<?, ?, ?> operation, Structure output, String requestId) {
    Object payload = RestWriter.payload(output);
    byte[] body =
        switch (payload) {
          case null -> output.shape().payload() == null ? JsonWriter.write(output) : new byte[0];
          case Structure structure -> JsonWriter.write(structure);
          case Blob blob -> blob.bytes();
          default -> payload.toString().getBytes(StandardCharsets.UTF_8);
        };
    return new WireResponse(
        RestWriter.status(output, operation.http().status()),
        RestWriter.headers(output, payload instanceof Blob ? BYTES : JSON),
        Blob.of(body));
  }

  @Override
  public WireResponse error(ServiceModel<?> service, ServiceException error, String requestId) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry("content-type", JSON));
    headers.add(Map.entry("x-amzn-errortype", error.code()));
    byte[] body =
        JsonWriter.write(json -> {
          json.writeStartObject();
          json.writeStringField("message", error.message());
          for (Map.Entry<String, String> member : error.members().entrySet()) {
            json.writeStringField(member.getKey(), member.getValue());
          }
          json.writeEndObject();
        });
    return new WireResponse(error.status(), headers, Blob.of(body));
  }

  @Override
  public ServiceException malformed(MalformedRequest request) {
    return new ServiceException("SerializationException", 400, request.message());
  }
}
