package dev.sekisho.wire.routing;

import dev.sekisho.contract.HttpBinding;
import dev.sekisho.contract.Operation;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.ServiceBinding;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.protocol.MalformedRequest;
import dev.sekisho.wire.protocol.Query;
import dev.sekisho.wire.signature.PayloadRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the operation of one service that a request names. */
sealed interface OperationFinder {

  ServiceBinding<?> service();

  Route find(WireRequest request);

  static OperationFinder of(ServiceBinding<?> service) {
    return switch (service.model().protocol()) {
      case AWS_JSON_1_0, AWS_JSON_1_1 -> new ByTarget(service);
      case QUERY, EC2_QUERY -> new ByAction(service);
      case REST_JSON, REST_XML -> new ByAddress(service);
    };
  }

  /** The route to an operation known by name, if the published API has it. */
  static <A> @Nullable Route named(
      ServiceBinding<A> service, String name, Map<String, String> parameters) {
    Operation<A, ?, ?> operation = service.model().operations().get(name);
    if (operation != null) {
      return new Route.Served<>(service, operation, parameters);
    }
    return service.model().unserved().containsKey(name) ? new Route.Unserved(service, name) : null;
  }

  /** By the last part of {@code X-Amz-Target}. */
  record ByTarget(ServiceBinding<?> service) implements OperationFinder {
    @Override
    public Route find(WireRequest request) {
      String target = Objects.requireNonNullElse(request.headers().first("x-amz-target"), "");
      int dot = target.lastIndexOf('.');
      String prefix = Objects.requireNonNullElse(service.model().targetPrefix(), "");
      Route route = null;
      if (dot > 0
          && request.method().equals("POST")
          && (prefix.equals(target.substring(0, dot))
              || prefix.endsWith("." + target.substring(0, dot)))) {
        route = named(service, target.substring(dot + 1), Map.of());
      }
      return route != null
          ? route
          : new Route.Unknown(service, new ServiceException("UnknownOperationException", 400, ""));
    }
  }

  /** By the parameters {@code Action} and {@code Version}. */
  record ByAction(ServiceBinding<?> service) implements OperationFinder {
    @Override
    public Route find(WireRequest request) {
      Map<String, String> parameters;
      try {
        parameters = Query.parameters(request);
      } catch (MalformedRequest malformed) {
        return new Route.Unknown(service, service.codec().malformed(malformed));
      }
      String action = parameters.get("Action");
      if (action == null) {
        return new Route.Unknown(
            service,
            new ServiceException(
                "MissingAction", 400, "The request must contain the parameter Action."));
      }
      String version = parameters.getOrDefault("Version", service.model().apiVersion());
      Route route =
          version.equals(service.model().apiVersion()) ? named(service, action, parameters) : null;
      return route != null
          ? route
          : new Route.Unknown(
              service,
              new ServiceException(
                  "InvalidAction",
                  400,
                  "Could not find operation " + action + " for version " + version));
    }
  }

  /** By method and address. */
  final class ByAddress implements OperationFinder {

    private record Candidate(
        String method, UriTemplate template, @Nullable String header, String operation) {

      boolean fits(WireRequest request) {
        return method.equals(request.method())
            && (header == null || request.headers().first(header) != null);
      }
    }

    private final ServiceBinding<?> service;
    private final List<Candidate> candidates = new ArrayList<>();

    ByAddress(ServiceBinding<?> service) {
      this.service = service;
      service.model().operations().forEach((name, operation) -> add(name, operation.http()));
      service.model().unserved().forEach(this::add);
      candidates.sort(
          Comparator.comparing(Candidate::template)
              .thenComparing(candidate -> candidate.header() == null));
    }

    @Override
    public ServiceBinding<?> service() {
      return service;
    }

    private void add(String name, HttpBinding http) {
      candidates.add(
          new Candidate(http.method(), new UriTemplate(http.uri()), http.header(), name));
    }

    @Override
    public Route find(WireRequest request) {
      boolean objects = service.rules().payload() == PayloadRule.OBJECT;
      UriTemplate.Address address =
          UriTemplate.Address.of(
              objects ? VirtualHost.path(request) : request.path(), request.query());
      for (Candidate candidate : candidates) {
        if (candidate.fits(request)) {
          Map<String, String> labels = candidate.template().match(address);
          if (labels != null) {
            Route route = named(service, candidate.operation(), labels);
            if (route != null) {
              return route;
            }
          }
        }
      }
      return new Route.Unknown(
          service,
          objects
              ? new ServiceException(
                  "MethodNotAllowed",
                  405,
                  "The specified method is not allowed against this resource.")
              : new ServiceException(
                  "UnknownOperationException", 404, "The requested operation does not exist."));
    }
  }
}
