package dev.sekisho.wire.routing;

import dev.sekisho.wire.ServiceBinding;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.protocol.MalformedRequest;
import dev.sekisho.wire.protocol.Query;
import dev.sekisho.wire.signature.Claim;
import dev.sekisho.wire.signature.PayloadRule;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
  private @Nullable OperationFinder objects;

  public Router(List<ServiceBinding<?>> services) {
    for (ServiceBinding<?> service : services) {
      OperationFinder finder = OperationFinder.of(service);
      bySigningName.put(service.model().signingName(), finder);
      byHost.put(service.model().endpointPrefix(), finder);
      byVersion.put(service.model().apiVersion(), finder);
      if (service.rules().payload() == PayloadRule.OBJECT) {
        objects = finder;
      }
      String target = service.model().targetPrefix();
      if (target != null) {
        byTarget.put(target, finder);
        byTarget.put(target.substring(target.lastIndexOf('.') + 1), finder);
      }
    }
  }

  /** The service a request is for, as far as its head tells; null when its body may still tell. */
  public @Nullable ServiceBinding<?> service(WireRequest head, Claim claim) {
    OperationFinder finder = byHead(head, claim);
    return finder == null ? null : finder.service();
  }

  /** What a request is for whose head alone tells it; null when its body must be read first. */
  public @Nullable Route addressed(WireRequest head, Claim claim) {
    return byHead(head, claim) instanceof OperationFinder.ByAddress finder
        ? finder.find(head)
        : null;
  }

  /** What the request is for; never throws. */
  public Route route(WireRequest request, Claim claim) {
    OperationFinder finder = byHead(request, claim);
    if (finder == null && claim.service() == null) {
      finder = byForm(request);
    }
    if (finder == null) {
      String named = claim.service();
      return new Route.NoService(named == null ? "" : named);
    }
    return finder.find(request);
  }

  private @Nullable OperationFinder byHead(WireRequest request, Claim claim) {
    String scoped = claim.service();
    if (scoped != null) {
      return bySigningName.get(scoped);
    }
    String target = request.headers().first("x-amz-target");
    if (target != null) {
      int dot = target.lastIndexOf('.');
      return dot < 0 ? null : byTarget.get(target.substring(0, dot));
    }
    String host = Objects.requireNonNullElse(request.headers().first("host"), "");
    int end = host.indexOf('.');
    OperationFinder named =
        byHost.get((end < 0 ? host : host.substring(0, end)).toLowerCase(Locale.ROOT));
    return named == null && claim instanceof Claim.Unsigned && !isForm(request) ? objects : named;
  }

  /** Whoever neither signs nor sends a form asks for an object, as browsers do. */
  private static boolean isForm(WireRequest request) {
    String type = request.headers().first("content-type");
    return (type != null && type.startsWith("application/x-www-form-urlencoded"))
        || ('&' + request.query()).contains("&Action=");
  }

  private @Nullable OperationFinder byForm(WireRequest request) {
    try {
      String version = Query.parameters(request).get("Version");
      return version == null ? null : byVersion.get(version);
    } catch (MalformedRequest notAForm) {
      return null;
    }
  }
}
