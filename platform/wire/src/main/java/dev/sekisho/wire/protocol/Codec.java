package dev.sekisho.wire.protocol;

import dev.sekisho.contract.Operation;
import dev.sekisho.contract.Protocol;
import dev.sekisho.contract.ServiceModel;
import dev.sekisho.contract.Structure;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.WireResponse;
import java.util.Map;

/** One wire protocol. Stateless; safe for many threads. */
public sealed interface Codec permits AwsJson, Ec2Query, Query, RestJson, RestXml {

  /**
   * Reads the operation's input.
   *
   * @param labels what the URI template's labels matched, still percent-encoded; empty for
   *     protocols without
   * @throws MalformedRequest when the request is not of the protocol's form
   */
  <I extends Structure> I read(
      Operation<?, I, ?> operation, WireRequest request, Map<String, String> labels);

  /** Writes a good answer. */
  WireResponse write(
      ServiceModel<?> service, Operation<?, ?, ?> operation, Structure output, String requestId);

  /** Writes an error. */
  WireResponse error(ServiceModel<?> service, ServiceException error, String requestId);

  /** The error for a request that could not be read. */
  ServiceException malformed(MalformedRequest request);

  /** The codec of the protocol. */
  static Codec of(Protocol protocol) {
    return switch (protocol) {
      case AWS_JSON_1_0 -> AwsJson.VERSION_1_0;
      case AWS_JSON_1_1 -> AwsJson.VERSION_1_1;
      case QUERY -> Query.INSTANCE;
      case EC2_QUERY -> Ec2Query.INSTANCE;
      case REST_JSON -> RestJson.INSTANCE;
      case REST_XML -> RestXml.INSTANCE;
    };
  }
}
