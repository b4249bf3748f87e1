package dev.sekisho.wire.protocol;

import dev.sekisho.contract.Member;
import dev.sekisho.contract.Operation;
import dev.sekisho.contract.ServiceModel;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.Structure;
import dev.sekisho.contract.StructureShape;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Content;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** REST with XML bodies (S3). */
public enum RestXml implements Codec {
  INSTANCE;

  private static final String XML = "application/xml";
  private static final String BYTES = "application/octet-stream";
  private static final int NOT_MODIFIED = 304;
  private static final Blob NOTHING = Blob.of(new byte[0]);

  @Override
  public <I extends Structure> I read(
      Operation<?, I, ?> operation, WireRequest request, Map<String, String> labels) {
    StructureShape<I> shape = operation.input();
    @Nullable Object[] values = new @Nullable Object[shape.members().size()];
    RestReader.read(shape, request, labels, values);
    Member payload = shape.payload();
    if (payload != null && payload.shape() instanceof Shape.BlobShape blob && blob.streaming()) {
      values[shape.members().indexOf(payload)] = request.body();
    } else if (request.body().size() == 0) {
      return shape.make(values);
    } else if (payload == null) {
      XmlReader.read(request.blob(), shape, values);
    } else {
      values[shape.members().indexOf(payload)] = payload(payload.shape(), request.blob());
    }
    return shape.make(values);
  }

  private static Object payload(Shape payload, Blob body) {
    return switch (payload) {
      case StructureShape<?> structure -> structure(structure, body);
      case Shape.BlobShape _ -> body;
      default -> RestReader.text(body);
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
    Content body =
        switch (payload) {
          case null ->
              output.shape().payload() == null
                  ? document(service, operation.name() + "Result", output)
                  : text(service, output, "");
          case Structure structure -> document(service, name(output, structure), structure);
          case Content content -> content;
          default -> text(service, output, payload.toString());
        };
    return new WireResponse(
        RestWriter.status(output, operation.http().status()),
        RestWriter.headers(output, payload instanceof Content ? BYTES : XML),
        body);
  }

  /** A body that is text: the content of the root element where the structure has one. */
  private static Blob text(ServiceModel<?> service, Structure output, String text) {
    String root = output.shape().xmlName();
    Member payload = output.shape().payload();
    return root == null || payload == null || !(payload.shape() instanceof Shape.StringShape)
        ? Blob.of(text.getBytes(StandardCharsets.UTF_8))
        : Blob.of(new XmlWriter().text(root, service.xmlNamespace(), text).bytes());
  }

  /** The root element of a body that is one member: its own name, else the member's. */
  private static String name(Structure output, Structure payload) {
    String own = payload.shape().xmlName();
    return own == null ? Objects.requireNonNull(output.shape().payload()).wireName() : own;
  }

  private static Blob document(ServiceModel<?> service, String name, Structure value) {
    if (value.shape().members().stream().noneMatch(RestWriter::inBody)) {
      return NOTHING;
    }
    String root = value.shape().xmlName() == null ? name : value.shape().xmlName();
    return Blob.of(new XmlWriter().root(root, service.xmlNamespace(), value).bytes());
  }

  @Override
  public WireResponse error(ServiceModel<?> service, ServiceException error, String requestId) {
    XmlWriter xml =
        new XmlWriter()
            .open("Error")
            .element("Code", error.code())
            .element("Message", error.message());
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry("content-type", XML));
    error
        .members()
        .forEach((name, value) -> {
          if (isHeader(error.status(), name)) {
            headers.add(Map.entry(name, value));
          } else {
            xml.element(name, value);
          }
        });
    return new WireResponse(
        error.status(),
        headers,
        Blob.of(
            xml.element("RequestId", requestId)
                .element("HostId", requestId)
                .close("Error")
                .bytes()));
  }

  /** What an error says of the object it is about travels as it would with the object. */
  private static boolean isHeader(int status, String member) {
    return member.startsWith("x-amz-")
        || member.equals("Last-Modified")
        || (member.equals("ETag") && status == NOT_MODIFIED);
  }

  @Override
  public ServiceException malformed(MalformedRequest request) {
    return new ServiceException("MalformedXML", 400, request.message());
  }
}
