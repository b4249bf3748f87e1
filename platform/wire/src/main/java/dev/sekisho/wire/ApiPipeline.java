package dev.sekisho.wire;

import dev.sekisho.contract.Operation;
import dev.sekisho.contract.ServiceModel;
import dev.sekisho.contract.Structure;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Authorized;
import dev.sekisho.core.Authorizer;
import dev.sekisho.core.Call;
import dev.sekisho.core.Caller;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.audit.AuditedResources;
import dev.sekisho.wire.audit.CallRecord;
import dev.sekisho.wire.audit.Ledger;
import dev.sekisho.wire.audit.LedgerUnavailable;
import dev.sekisho.wire.audit.ReadOnly;
import dev.sekisho.wire.protocol.MalformedRequest;
import dev.sekisho.wire.routing.Route;
import dev.sekisho.wire.routing.Router;
import dev.sekisho.wire.signature.Claim;
import dev.sekisho.wire.validation.Validator;
import java.time.InstantSource;
import java.util.Objects;
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
  private final Authorizer authorizer;
  private final Ledger ledger;
  private final InstantSource clock;
  private final Randomness randomness;
  private final AccountId host;

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
    this.authorizer = authorizer;
    this.ledger = ledger;
    this.clock = clock;
    this.randomness = randomness;
    this.host = host;
  }

  /** Takes a request whose head has come; its body is read only as far as the service allows. */
  public Reception receive(WireRequest head) {
    Claim claim = Claim.of(head);
    return new Reception(this, head, claim, router.service(head, claim));
  }

  /** Answers the request; never throws. */
  WireResponse handle(WireRequest request, Claim claim, String requestId) {
    return switch (router.route(request, claim)) {
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

  /** One call on its way; what is learnt of it stays here for its audit event. */
  private final class Exchange<A> {

    private final Claim claim;
    private final ServiceBinding<A> service;
    private final String operation;
    private WireRequest request;
    private RequestContext context;
    private @Nullable Structure input;
    private @Nullable Access access;

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
      this.context =
          new RequestContext(
              requestId,
              clock.instant(),
              service.model().signingName(),
              operation,
              authentication.homeRegion(),
              Caller.ANONYMOUS,
              request.remoteAddress(),
              userAgent(request),
              request.secure());
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
      input = decoded;
      String violations = Validator.check(decoded, service.rules().violations());
      if (violations != null) {
        throw service.rules().refusal() == null
            ? ServiceErrors.validation(service.model().protocol(), violations)
            : service.rules().refusal().apply(violations);
      }
      Guarded<O> guarded = operation.invoker().apply(service.api(), new Call<>(decoded, context));
      access = guarded.access();
      Authorized authorized = authorizer.authorize(context, guarded.access());
      O output = settle(guarded.operation().apply(authorized));
      return service.codec().write(service.model(), operation, output, context.requestId());
    }

    private void authenticate(boolean unsigned) {
      if (request.body().length() > service.rules().bodyLimit()) {
        throw ServiceErrors.tooLarge(service.model().protocol(), service.rules().bodyLimit());
      }
      Authentication.Passed passed =
          authentication.authenticate(request, claim, service, unsigned, context);
      context = passed.context();
      request = ChunkedBodies.decoded(request, passed.verified());
    }

    private <O extends Structure> O settle(Outcome<O> outcome) {
      return switch (outcome) {
        case Outcome.Answer<O> answer -> {
          ledger.record(record().answered(audited(answer.output())));
          yield answer.output();
        }
        case Outcome.Change<O> change ->
            ledger.change(change.work(), output -> record().answered(audited(output)));
      };
    }

    private @Nullable Structure audited(Structure output) {
      return ReadOnly.of(operation) && !service.rules().auditedResults().contains(operation)
          ? null
          : output;
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
            "request " + context.requestId() + " failed in " + service.model().id(),
            defect);
        return failed(ServiceErrors.internal(service.model().protocol()));
      }
    }

    private WireResponse failed(ServiceException error) {
      try {
        ledger.record(record().failed(error));
      } catch (LedgerUnavailable unavailable) {
        return unavailable(unavailable);
      }
      return service.codec().error(service.model(), error, context.requestId());
    }

    private WireResponse unavailable(LedgerUnavailable unavailable) {
      LOG.log(
          System.Logger.Level.ERROR,
          () -> "request " + context.requestId() + " refused: " + unavailable.getMessage());
      return service
          .codec()
          .error(
              service.model(),
              ServiceErrors.unavailable(service.model().protocol()),
              context.requestId());
    }

    private CallRecord record() {
      AccountId account = Objects.requireNonNullElse(context.caller().principal().account(), host);
      return new CallRecord(
          randomness.uuid().toString(),
          context,
          account,
          service.model().eventSource(),
          service.model().apiVersion(),
          input,
          AuditedResources.of(access));
    }
  }

  private static @Nullable String userAgent(WireRequest request) {
    String agent = request.headers().first("user-agent");
    return agent == null || agent.length() <= 1_024 ? agent : agent.substring(0, 1_024);
  }
}
