package dev.sekisho.wire.protocol;

import dev.sekisho.contract.Operation;
import dev.sekisho.contract.ServiceModel;
import dev.sekisho.contract.Structure;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.WireResponse;
import java.util.Map;

/** The EC2 query protocol: the query protocol with flattened lists and its own answers. */
public enum Ec2Query implements Codec {
  INSTANCE;

  @Override
  public <I extends Structure> I read(
      Operation<?, I, ?> operation, WireRequest request, Map<String, String> labels) {
    return FormReader.EC2.read(FormTree.of(Query.parameters(request)), operation.input());
  }

  @Override
  public WireResponse write(
      ServiceModel<?> service, Operation<?, ?, ?> operation, Structure output, String requestId) {
    String name = operation.name() + "Response";
    byte[] body =
        new XmlWriter()
            .open(name, "http://ec2.amazonaws.com/doc/" + service.apiVersion() + "/")
            .element("requestId", requestId)
            .members(output)
            .close(name)
            .bytes();
    return WireResponse.of(200, Query.XML, body);
  }

  @Override
  public WireResponse error(ServiceModel<?> service, ServiceException error, String requestId) {
    byte[] body =
        new XmlWriter()
            .open("Response")
            .open("Errors")
            .open("Error")
            .element("Code", error.code())
            .element("Message", error.message())
            .close("Error")
            .close("Errors")
            .element("RequestID", requestId)
            .close("Response")
            .bytes();
    return WireResponse.of(error.status(), Query.XML, body);
  }

  @Override
  public ServiceException malformed(MalformedRequest request) {
    return new ServiceException("InvalidParameterValue", 400, request.message());
  }
}
