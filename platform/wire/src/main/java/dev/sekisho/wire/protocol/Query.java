package dev.sekisho.wire.protocol;

import dev.sekisho.contract.Operation;
import dev.sekisho.contract.ServiceModel;
import dev.sekisho.contract.Structure;
import dev.sekisho.core.Blob;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The AWS query protocol: a form in, XML out (IAM, STS, Elastic Load Balancing). */
public enum Query implements Codec {
  INSTANCE;

  static final String XML = "text/xml";

  /**
   * The parameters of a request, from its form body or, for GET, from its query.
   *
   * @throws MalformedRequest when they are neither
   */
  public static Map<String, String> parameters(WireRequest request) {
    if (request.method().equals("GET")) {
      return FormParameters.parse(Blob.of(request.query().getBytes(StandardCharsets.ISO_8859_1)));
    }
    String type = request.headers().first("content-type");
    if (type != null && !ContentTypes.is(type, "application/x-www-form-urlencoded")) {
      throw new MalformedRequest("The content type must be application/x-www-form-urlencoded");
    }
    return FormParameters.parse(request.blob());
  }

  @Override
  public <I extends Structure> I read(
      Operation<?, I, ?> operation, WireRequest request, Map<String, String> labels) {
    return FormReader.QUERY.read(FormTree.of(parameters(request)), operation.input());
  }

  @Override
  public WireResponse write(
      ServiceModel<?> service, Operation<?, ?, ?> operation, Structure output, String requestId) {
    String name = operation.name() + "Response";
    String namespace = service.xmlNamespace();
    XmlWriter xml = new XmlWriter();
    if (namespace == null) {
      xml.open(name);
    } else {
      xml.open(name, namespace);
    }
    String wrapper = operation.resultWrapper();
    if (wrapper != null && !output.shape().members().isEmpty()) {
      xml.open(wrapper).members(output).close(wrapper);
    }
    xml.open("ResponseMetadata").element("RequestId", requestId).close("ResponseMetadata");
    return WireResponse.of(200, XML, xml.close(name).bytes());
  }

  @Override
  public WireResponse error(ServiceModel<?> service, ServiceException error, String requestId) {
    XmlWriter xml = new XmlWriter();
    String namespace = service.xmlNamespace();
    if (namespace == null) {
      xml.open("ErrorResponse");
    } else {
      xml.open("ErrorResponse", namespace);
    }
    xml.open("Error")
        .element("Type", error.status() < 500 ? "Sender" : "Receiver")
        .element("Code", error.code())
        .element("Message", error.message());
    error.members().forEach(xml::element);
    xml.close("Error").element("RequestId", requestId).close("ErrorResponse");
    return WireResponse.of(error.status(), XML, xml.bytes());
  }

  @Override
  public ServiceException malformed(MalformedRequest request) {
    return new ServiceException("MalformedInput", 400, request.message());
  }
}
