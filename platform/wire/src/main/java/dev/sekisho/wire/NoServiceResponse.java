package dev.sekisho.wire;

import dev.sekisho.contract.Protocol;
import dev.sekisho.contract.ServiceModel;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.protocol.Codec;
import dev.sekisho.wire.signature.Claim;
import dev.sekisho.wire.signature.SignatureErrors;
import dev.sekisho.wire.signature.SignatureFailure;
import java.util.Map;

/** The answer to a request for a service that Sekisho does not have, in the form it came in. */
final class NoServiceResponse {

  private NoServiceResponse() {}

  static WireResponse of(WireRequest request, Claim claim, String service, String requestId) {
    Protocol protocol = guess(request);
    return write(protocol, error(protocol, claim, service), requestId);
  }

  static WireResponse write(Protocol protocol, ServiceException error, String requestId) {
    ServiceModel<Object> none =
        new ServiceModel<>(
            "none", "none", "none", "", protocol, null, null, "none", false, Map.of(), Map.of());
    return Codec.of(protocol).error(none, error, requestId);
  }

  private static ServiceException error(Protocol protocol, Claim claim, String service) {
    if (claim instanceof Claim.Unreadable(SignatureFailure failure)) {
      return SignatureErrors.of(protocol, failure);
    }
    return service.isEmpty()
        ? new ServiceException(
            "UnknownOperationException",
            404,
            "The request names no service: it carries no signature, no X-Amz-Target and no"
                + " Version that Sekisho knows.")
        : new ServiceException(
            "NotImplemented", 501, "Sekisho does not have the service " + printable(service) + ".");
  }

  /** The protocol that the request looks like. */
  static Protocol guess(WireRequest request) {
    String type = request.headers().first("content-type");
    if (request.headers().first("x-amz-target") != null) {
      return type != null && type.startsWith("application/x-amz-json-1.0")
          ? Protocol.AWS_JSON_1_0
          : Protocol.AWS_JSON_1_1;
    }
    boolean form = type != null && type.startsWith("application/x-www-form-urlencoded");
    if (form || ("&" + request.query()).contains("&Action=")) {
      return Protocol.QUERY;
    }
    return Protocol.REST_JSON;
  }

  private static String printable(String service) {
    String cut = service.length() <= 64 ? service : service.substring(0, 64);
    return cut.replaceAll("[^A-Za-z0-9.-]", "?");
  }
}
