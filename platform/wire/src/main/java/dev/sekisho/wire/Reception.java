package dev.sekisho.wire;

import dev.sekisho.contract.Member;
import dev.sekisho.contract.Protocol;
import dev.sekisho.contract.Shape;
import dev.sekisho.core.Content;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.routing.Route;
import dev.sekisho.wire.signature.Claim;
import dev.sekisho.wire.signature.PayloadRule;
import org.jspecify.annotations.Nullable;

/** A request whose head has come and whose body has not been read yet. */
public final class Reception {

  private final ApiPipeline pipeline;
  private final WireRequest head;
  private final Claim claim;
  private final @Nullable ServiceBinding<?> service;
  private final @Nullable Route addressed;

  Reception(
      ApiPipeline pipeline,
      WireRequest head,
      Claim claim,
      @Nullable ServiceBinding<?> service,
      @Nullable Route addressed) {
    this.pipeline = pipeline;
    this.head = head;
    this.claim = claim;
    this.service = service;
    this.addressed = addressed;
  }

  /** Whether the operation reads its body as it comes, whatever its size. */
  public boolean streams() {
    if (!(addressed instanceof Route.Served<?> served)) {
      return false;
    }
    Member payload = served.operation().input().payload();
    return payload != null
        && payload.shape() instanceof Shape.BlobShape(_, _, _, boolean streaming)
        && streaming;
  }

  /** Whether the address is a name of the caller's own, as S3's keys are, and not a path. */
  public boolean takesAnyPath() {
    return service != null && service.rules().payload() == PayloadRule.OBJECT;
  }

  /** How many bytes of body the service takes, and never more than the port does. */
  public int bodyLimit(int port) {
    return service == null ? port : Math.min(port, service.rules().bodyLimit());
  }

  /** Answers the request; never throws. */
  public WireResponse answer(Content body, String requestId) {
    return pipeline.handle(head.withBody(body), claim, addressed, requestId);
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
