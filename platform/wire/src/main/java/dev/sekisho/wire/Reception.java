package dev.sekisho.wire;

import dev.sekisho.contract.Protocol;
import dev.sekisho.core.Blob;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.signature.Claim;
import org.jspecify.annotations.Nullable;

/** A request whose head has come and whose body has not been read yet. */
public final class Reception {

  private final ApiPipeline pipeline;
  private final WireRequest head;
  private final Claim claim;
  private final @Nullable ServiceBinding<?> service;

  Reception(
      ApiPipeline pipeline, WireRequest head, Claim claim, @Nullable ServiceBinding<?> service) {
    this.pipeline = pipeline;
    this.head = head;
    this.claim = claim;
    this.service = service;
  }

  /** How many bytes of body the service takes, and never more than the port does. */
  public int bodyLimit(int port) {
    return service == null ? port : Math.min(port, service.rules().bodyLimit());
  }

  /** Answers the request; never throws. */
  public WireResponse answer(Blob body, String requestId) {
    return pipeline.handle(head.withBody(body), claim, requestId);
  }

  /** Refuses a body that is larger than the limit, in the words of the service. */
  public WireResponse tooLarge(int limit, String requestId) {
    return refusal(ServiceErrors.tooLarge(protocol(), limit), requestId);
  }

  /** Refuses a body that arrives too slowly, in the words of the service. */
  public WireResponse tooSlow(String requestId) {
    return refusal(ServiceErrors.tooSlow(protocol()), requestId);
  }

  private Protocol protocol() {
    return service == null ? NoServiceResponse.guess(head) : service.model().protocol();
  }

  private WireResponse refusal(ServiceException error, String requestId) {
    return service == null
        ? NoServiceResponse.write(protocol(), error, requestId)
        : service.codec().error(service.model(), error, requestId);
  }
}
