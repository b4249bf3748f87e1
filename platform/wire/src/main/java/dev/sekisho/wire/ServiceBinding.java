package dev.sekisho.wire;

import dev.sekisho.contract.ServiceModel;
import dev.sekisho.wire.protocol.Codec;

/**
 * A service as the wire sees it: its contract, its implementation, its rules.
 *
 * @param <A> the service's generated interface
 */
public record ServiceBinding<A>(ServiceModel<A> model, A api, ServiceRules rules) {

  public Codec codec() {
    return Codec.of(model.protocol());
  }
}
