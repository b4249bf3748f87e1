package dev.sekisho.wire.protocol;

import dev.sekisho.contract.Operation;
import dev.sekisho.contract.ServiceModel;
import dev.sekisho.contract.Structure;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.WireResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** AWS JSON 1.0 and 1.1: one URI, the operation in {@code X-Amz-Target}, JSON both ways. */
public enum AwsJson implements Codec {
  VERSION_1_0("application/x-amz-json-1.0"),
  VERSION_1_1("application/x-amz-json-1.1");

  /** Coral's own error, the one that spells its message with a capital. */
  private static final String SERIALIZATION = "SerializationException";

  private final String contentType;

  AwsJson(String contentType) {
    this.contentType = contentType;
  }

  @Override
  public <I extends Structure> I read(
      Operation<?, I, ?> operation, WireRequest request, Map<String, String> labels) {
    String type = request.headers().first("content-type");
    if (type != null && !ContentTypes.is(type, contentType)) {
      throw new MalformedRequest("The content type must be " + contentType);
    }
    @Nullable Object[] values = new @Nullable Object[operation.input().members().size()];
    JsonReader.read(request.blob().bytes(), operation.input(), values);
    return operation.input().make(values);
  }

  @Override
  public WireResponse write(
      ServiceModel<?> service, Operation<?, ?, ?> operation, Structure output, String requestId) {
    byte[] body = output.shape().members().isEmpty() ? new byte[0] : JsonWriter.write(output);
    return WireResponse.of(200, contentType, body);
  }

  @Override
  public WireResponse error(ServiceModel<?> service, ServiceException error, String requestId) {
    return WireResponse.of(
        error.status(),
        contentType,
        JsonWriter.write(json -> {
          json.writeStartObject();
          json.writeStringField("__type", error.code());
          if (!error.message().isEmpty()) {
            json.writeStringField(
                error.code().equals(SERIALIZATION) ? "Message" : "message", error.message());
          }
          for (Map.Entry<String, String> member : error.members().entrySet()) {
            json.writeStringField(member.getKey(), member.getValue());
          }
          json.writeEndObject();
        }));
  }

  @Override
  public ServiceException malformed(MalformedRequest request) {
    return new ServiceException(SERIALIZATION, 400, request.message());
  }
}
