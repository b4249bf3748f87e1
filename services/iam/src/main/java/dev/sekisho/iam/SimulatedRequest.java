package dev.sekisho.iam;

import dev.sekisho.contract.iam.ContextEntry;
import dev.sekisho.core.Principal;
import dev.sekisho.policy.ContextKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The condition keys of a simulated request: those given, then what is known of the caller. */
final class SimulatedRequest implements ContextKeys {

  private final Map<String, List<String>> values = new HashMap<>();

  SimulatedRequest(Principal caller, @Nullable List<ContextEntry> entries) {
    put("aws:userid", caller.userId());
    if (caller.arn() != null) {
      put("aws:principalarn", String.valueOf(caller.arn()));
    }
    if (caller.account() != null) {
      put("aws:principalaccount", String.valueOf(caller.account()));
    }
    if (caller instanceof Principal.User user) {
      put("aws:username", user.name());
    }
    if (entries != null) {
      for (ContextEntry entry : entries) {
        if (entry.contextKeyName() != null && entry.contextKeyValues() != null) {
          values.put(
              entry.contextKeyName().toLowerCase(Locale.ROOT),
              List.copyOf(entry.contextKeyValues()));
        }
      }
    }
  }

  private void put(String key, String value) {
    values.put(key, List.of(value));
  }

  @Override
  public @Nullable List<String> values(String key) {
    return values.get(key);
  }
}
