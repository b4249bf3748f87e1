package dev.sekisho.wire.protocol;

import dev.sekisho.contract.Member;
import dev.sekisho.contract.Operation;
import dev.sekisho.contract.ServiceModel;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.Structure;
import dev.sekisho.contract.StructureShape;
import dev.sekisho.core.Blob;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** REST with XML bodies (S3). */
public enum RestXml implements Codec {
  INSTANCE;

  private static final String XML = "application/xml";
  private static final String BYTES = "application/octet-stream";

  @Override
  public <I extends Structure> I read(
      Operation<?, I, ?> operation, WireRequest request, Map<String, String> labels) {
    StructureShape<I> shape = operation.input();
    @Nullable Object[] values = new @Nullable Object[shape.members().size()];
    RestReader.read(shape, request, labels, values);
    Member payload = shape.payload();
    if (request.body().length() == 0) {
      return shape.make(values);
    }
    if (payload == null) {
      XmlReader.read(request.body(), shape, values);
    } else {
      values[shape.members().indexOf(payload)] = payload(payload.shape(), request.body());
    }
    return shape.make(values);
  }

  private static Object payload(Shape payload, Blob body) {
    return switch (payload) {
      case StructureShape<?> structure -> structure(structure, body);
      case Shape.StringShape _ -> RestReader.text(body);
      default -> body;
    };
  }

  private static <T extends Structure> T structure(StructureShape<T> shape, Blob body) {
    @Nullable Object[] values = new @Nullable Object[shape.members().size()];
    XmlReader.read(body, shape, values);
    return shape.make(values);
  }

  @Override
  public WireResponse write(
      ServiceModel<?> service, Operation<?, ?, ?> operation, Structure output, String requestId) {
    Object payload = RestWriter.payload(output);
    byte[] body =
        switch (payload) {
          case null ->
              output.shape().payload() == null
                  ? document(service, operation.name() + "Result", output)
                  : new byte[0];
          case Structure structure -> {
            String name = structure.shape().xmlName();
            yield document(service, name == null ? structure.shape().name() : name, structure);
          }
          case Blob blob -> blob.bytes();
          default -> payload.toString().getBytes(StandardCharsets.UTF_8);
        };
    return new WireResponse(
        RestWriter.status(output, operation.http().status()),
        RestWriter.headers(output, payload instanceof Blob ? BYTES : XML),
        Blob.of(body));
  }

  private static byte[] document(ServiceModel<?> service, String name, Structure value) {
    if (value.shape().members().stream().noneMatch(RestWriter::inBody)) {
      return new byte[0];
    }
    String root = value.shape().xmlName() == null ? name : value.shape().xmlName();
    return new XmlWriter().root(root, service.xmlNamespace(), value).bytes();
  }

  @Override
  public WireResponse error(ServiceModel<?> service, ServiceException error, String requestId) {
    XmlWriter xml =
        new XmlWriter()
            .open("Error")
            .element("Code", error.code())
            .element("Message", error.message());
    error.members().forEach(xml::element);
    return WireResponse.of(
        error.status(), XML, xml.element("RequestId", requestId).close("Error").bytes());
  }

  @Override
  public ServiceException malformed(MalformedRequest request) {
    return new ServiceException("MalformedXML", 400, request.message());
  }
}
