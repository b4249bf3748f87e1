package dev.sekisho.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The condition keys of a request. */
@FunctionalInterface
public interface ContextKeys {

  /**
   * The key's values.
   *
   * @param key in lower case
   * @return null when the request does not have the key
   */
  @Nullable List<String> values(String key);
}
