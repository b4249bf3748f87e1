package dev.sekisho.wire.routing;

import dev.sekisho.wire.ServiceBinding;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.protocol.MalformedRequest;
import dev.sekisho.wire.protocol.Query;
import dev.sekisho.wire.signature.CredentialScope;
import dev.sekisho.wire.signature.SignatureFailure;
import dev.sekisho.wire.signature.SignatureVerifier;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the service and the operation a request is for.
 *
 * <p>The service is the one named in the signature's scope, else in {@code X-Amz-Target}, else by
 * the host's first label, else by the API version of a form. Safe for many threads.
 */
public final class Router {

  private final Map<String, OperationFinder> bySigningName = new HashMap<>();
  private final Map<String, OperationFinder> byTarget = new HashMap<>();
  private final Map<String, OperationFinder> byHost = new HashMap<>();
  private final Map<String, OperationFinder> byVersion = new HashMap<>();

  public Router(List<ServiceBinding<?>> services) {
    for (ServiceBinding<?> service : services) {
      OperationFinder finder = OperationFinder.of(service);
      bySigningName.put(service.model().signingName(), finder);
      byHost.put(service.model().endpointPrefix(), finder);
      byVersion.put(service.model().apiVersion(), finder);
      String target = service.model().targetPrefix();
      if (target != null) {
        byTarget.put(target, finder);
        byTarget.put(target.substring(target.lastIndexOf('.') + 1), finder);
      }
    }
  }

  /** What the request is for; never throws. */
  public Route route(WireRequest request) {
    String scoped = scopedService(request);
    OperationFinder finder = scoped == null ? unsigned(request) : bySigningName.get(scoped);
    if (finder == null) {
      return new Route.NoService(scoped == null ? "" : scoped);
    }
    return finder.find(request);
  }

  private static @Nullable String scopedService(WireRequest request) {
    try {
      CredentialScope scope = SignatureVerifier.claimedScope(request);
      return scope == null ? null : scope.service();
    } catch (SignatureFailure | IllegalArgumentException unreadable) {
      // The signature gate says what is wrong with it, once the service's way to say so is known.
      return null;
    }
  }

  private @Nullable OperationFinder unsigned(WireRequest request) {
    String target = request.headers().first("x-amz-target");
    if (target != null) {
      int dot = target.lastIndexOf('.');
      return dot < 0 ? null : byTarget.get(target.substring(0, dot));
    }
    String host = request.headers().first("host");
    if (host != null) {
      int end = host.indexOf('.');
      OperationFinder named =
          byHost.get((end < 0 ? host : host.substring(0, end)).toLowerCase(Locale.ROOT));
      if (named != null) {
        return named;
      }
    }
    try {
      String version = Query.parameters(request).get("Version");
      return version == null ? null : byVersion.get(version);
    } catch (MalformedRequest notAForm) {
      return null;
    }
  }
}
