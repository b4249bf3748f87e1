package dev.sekisho.contract;

import dev.sekisho.core.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A service's API: how it is addressed, what it serves and what it does not.
 *
 * @param id the SDK's module name, for example {@code kms}
 * @param signingName the service in the credential scope, for example {@code access-analyzer}
 * @param endpointPrefix the first label of the host name
 * @param apiVersion for example {@code 2014-11-01}
 * @param targetPrefix the first part of {@code X-Amz-Target}, for JSON services
 * @param xmlNamespace the namespace of XML answers, if the model names one
 * @param eventSource what the audit log calls it, for example {@code kms.amazonaws.com}
 * @param global whether the service has one endpoint for all regions
 * @param operations what is served, by name
 * @param unserved what the published API has and Sekisho does not serve, by name
 * @param <A> the generated interface
 */
public record ServiceModel<A>(
    String id,
    String signingName,
    String endpointPrefix,
    String apiVersion,
    Protocol protocol,
    @Nullable String targetPrefix,
    @Nullable String xmlNamespace,
    String eventSource,
    boolean global,
    Map<String, Operation<A, ?, ?>> operations,
    Map<String, HttpBinding> unserved) {

  public ServiceModel {
    operations = Map.copyOf(operations);
    unserved = Map.copyOf(unserved);
  }

  /** The same API with a gate that sees each call before its operation does, and may refuse it. */
  public ServiceModel<A> behind(Consumer<Call<?>> gate) {
    Map<String, Operation<A, ?, ?>> gated = new HashMap<>();
    operations.forEach((name, operation) -> gated.put(name, operation.behind(gate)));
    return new ServiceModel<>(
        id,
        signingName,
        endpointPrefix,
        apiVersion,
        protocol,
        targetPrefix,
        xmlNamespace,
        eventSource,
        global,
        gated,
        unserved);
  }

  /** All operations served, in the order of their names. */
  public List<Operation<A, ?, ?>> sorted() {
    return operations.keySet().stream().sorted().<Operation<A, ?, ?>>map(operations::get).toList();
  }
}
