package dev.sekisho.wire.routing;

import dev.sekisho.contract.Operation;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.ServiceBinding;
import java.util.Map;

/** What a request turned out to be for. */
public sealed interface Route {

  /**
   * An operation that is served.
   *
   * @param parameters the labels of a REST address, or the form of a query call
   */
  record Served<A>(
      ServiceBinding<A> service, Operation<A, ?, ?> operation, Map<String, String> parameters)
      implements Route {}

  /** An operation of the published API that Sekisho does not serve. */
  record Unserved(ServiceBinding<?> service, String operation) implements Route {}

  /** A service is meant, but no operation of it. */
  record Unknown(ServiceBinding<?> service, ServiceException error) implements Route {}

  /**
   * No service is meant that Sekisho knows.
   *
   * @param name what the request calls the service; empty when it says nothing
   */
  record NoService(String name) implements Route {}
}
