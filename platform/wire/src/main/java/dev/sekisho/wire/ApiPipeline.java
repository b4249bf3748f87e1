package dev.sekisho.wire;

import dev.sekisho.contract.Operation;
import dev.sekisho.contract.ServiceModel;
import dev.sekisho.contract.Structure;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Authorizer;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Caller;
import dev.sekisho.core.Origin;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.audit.Ledger;
import dev.sekisho.wire.audit.LedgerUnavailable;
import dev.sekisho.wire.protocol.MalformedRequest;
import dev.sekisho.wire.routing.Route;
import dev.sekisho.wire.routing.Router;
import dev.sekisho.wire.signature.Claim;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The way of a call through every gate: route, signature, decoding, validation, authorization,
 * operation, audit, answer.
 *
 * <p>INVARIANT: there is one path, and no gate on it can be left out. A call that names an
 * operation is answered only after its event is on disk.
 */
public final class ApiPipeline {

  private static final System.Logger LOG = System.getLogger(ApiPipeline.class.getName());

  private final Router router;
  private final Authentication authentication;
  private final Passage.Gates gates;
  private final InstantSource clock;

  /**
   * @param host the account whose history keeps calls that no account can be found for
   */
  public ApiPipeline(
      Router router,
      Authentication authentication,
      Authorizer authorizer,
      Ledger ledger,
      InstantSource clock,
      Randomness randomness,
      AccountId host) {
    this.router = router;
    this.authentication = authentication;
    this.gates = new Passage.Gates(authorizer, ledger, randomness, host);
    this.clock = clock;
  }

  /** Takes a request whose head has come; its body is read only as far as the service allows. */
  public Reception receive(WireRequest head) {
    Claim claim = Claim.of(head);
    return new Reception(
        this, head, claim, router.service(head, claim), router.addressed(head, claim));
  }

  /**
   * Answers the request; never throws.
   *
   * @param addressed what it is for, where its head told
   */
  WireResponse handle(
      WireRequest request, Claim claim, @Nullable Route addressed, String requestId) {
    return switch (addressed == null ? router.route(request, claim) : addressed) {
      case Route.Served<?> served -> serve(request, claim, requestId, served);
      case Route.Unserved unserved ->
          new Exchange<>(request, claim, requestId, unserved.service(), unserved.operation())
              .refuse();
      case Route.Unknown unknown -> {
        ServiceModel<?> model = unknown.service().model();
        yield unknown.service().codec().error(model, unknown.error(), requestId);
      }
      case Route.NoService none -> NoServiceResponse.of(request, claim, none.name(), requestId);
    };
  }

  private <A> WireResponse serve(
      WireRequest request, Claim claim, String requestId, Route.Served<A> route) {
    return new Exchange<>(request, claim, requestId, route.service(), route.operation().name())
        .serve(route);
  }

  /** One call on its way from the wire to the gates and back. */
  private final class Exchange<A> {

    private final Claim claim;
    private final ServiceBinding<A> service;
    private final String operation;
    private WireRequest request;
    private final Passage passage;

    Exchange(
        WireRequest request,
        Claim claim,
        String requestId,
        ServiceBinding<A> service,
        String operation) {
      this.request = request;
      this.claim = claim;
      this.service = service;
      this.operation = operation;
      this.passage =
          new Passage(
              gates,
              service.model(),
              service.rules(),
              new RequestContext(
                  requestId,
                  clock.instant(),
                  service.model().signingName(),
                  operation,
                  authentication.homeRegion(),
                  Caller.ANONYMOUS,
                  request.remoteAddress(),
                  bounded(request, "user-agent"),
                  request.secure(),
                  new Origin.Direct(bounded(request, "referer"))));
    }

    WireResponse serve(Route.Served<A> route) {
      return answer(() -> run(route.operation(), route));
    }

    WireResponse refuse() {
      return answer(() -> {
        authenticate(false);
        throw ServiceErrors.notImplemented(service.model().signingName(), operation);
      });
    }

    private <I extends Structure, O extends Structure> WireResponse run(
        Operation<A, I, O> operation, Route.Served<A> route) {
      authenticate(operation.unsigned());
      I decoded = service.codec().read(operation, request, route.parameters());
      O output = passage.pass(call -> operation.invoker().apply(service.api(), call), decoded);
      return service.codec().write(service.model(), operation, output, requestId());
    }

    private void authenticate(boolean unsigned) {
      if (request.body() instanceof Blob body && body.length() > service.rules().bodyLimit()) {
        throw ServiceErrors.tooLarge(service.model().protocol(), service.rules().bodyLimit());
      }
      Authentication.Passed passed;
      try {
        passed = authentication.authenticate(request, claim, service, unsigned, passage.context());
      } catch (ServiceException refused) {
        passage.identify(Authentication.claiming(passage.context(), claim));
        throw refused;
      }
      passage.identify(passed.context());
      request = ReceivedBody.of(request, passed.verified());
    }

    private String requestId() {
      return passage.context().requestId();
    }

    private WireResponse answer(java.util.function.Supplier<WireResponse> attempt) {
      try {
        return attempt.get();
      } catch (ServiceException refused) {
        return failed(ServiceErrors.inFamily(service.model().protocol(), refused));
      } catch (MalformedRequest malformed) {
        return failed(service.codec().malformed(malformed));
      } catch (LedgerUnavailable unavailable) {
        return unavailable(unavailable);
      } catch (RuntimeException | StackOverflowError defect) {
        LOG.log(
            System.Logger.Level.ERROR,
            "request " + requestId() + " failed in " + service.model().id(),
            defect);
        return failed(ServiceErrors.internal(service.model().protocol()));
      }
    }

    private WireResponse failed(ServiceException error) {
      try {
        passage.failed(error);
      } catch (LedgerUnavailable unavailable) {
        return unavailable(unavailable);
      }
      return service.codec().error(service.model(), error, requestId());
    }

    private WireResponse unavailable(LedgerUnavailable unavailable) {
      LOG.log(
          System.Logger.Level.ERROR,
          () -> "request " + requestId() + " refused: " + unavailable.getMessage());
      return service
          .codec()
          .error(
              service.model(), ServiceErrors.unavailable(service.model().protocol()), requestId());
    }
  }

  /** What a header says, cut where it becomes too long to be kept. */
  private static @Nullable String bounded(WireRequest request, String header) {
    String value = request.headers().first(header);
    return value == null || value.length() <= 1_024 ? value : value.substring(0, 1_024);
  }
}
