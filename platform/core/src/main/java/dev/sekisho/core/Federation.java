package dev.sekisho.core;

import java.util.List;
import java.util.Map;

/**
 * What an identity provider said of the person behind a session.
 *
 * @param provider the provider's ARN, which {@code aws:FederatedProvider} holds
 * @param keys condition keys of the session, for example {@code example.com:sub}
 */
public record Federation(String provider, Map<String, List<String>> keys) {
  public Federation {
    keys = Map.copyOf(keys);
  }
}
