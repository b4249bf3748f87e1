package dev.sekisho.iam;

import dev.sekisho.core.Call;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.PageTokens;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param after the key after which it begins; empty at the start
 * @param limit how many items at most
 */
record PageRequest(String scope, String after, int limit) {

  private static final int USUAL = 100;

  /** A part of a list, and the token for the next one if there is more. */
  record Page<T>(List<T> items, @Nullable String marker) {
    boolean truncated() {
      return marker != null;
    }
  }

  /**
   * Reads a call's paging parameters.
   *
   * @param selection what else selects the list, so that a marker fits this list only
   * @throws dev.sekisho.core.ServiceException when the marker is not one of this call's
   */
  static PageRequest of(
      Call<?> call,
      PageTokens tokens,
      String selection,
      @Nullable String marker,
      @Nullable Integer maxItems) {
    String scope = call.context().operation() + '/' + call.account() + '/' + selection;
    int limit = maxItems == null ? USUAL : maxItems;
    if (marker == null) {
      return new PageRequest(scope, "", limit);
    }
    try {
      return new PageRequest(scope, tokens.open(scope, marker), limit);
    } catch (CryptoException foreign) {
      throw IamErrors.validation("Invalid Marker.");
    }
  }

  /**
   * Cuts the page out of what was read.
   *
   * @param items one more than the limit when there is more
   */
  <T> Page<T> cut(List<T> items, PageTokens tokens, Function<T, String> key) {
    if (items.size() <= limit) {
      return new Page<>(items, null);
    }
    List<T> given = List.copyOf(items.subList(0, limit));
    return new Page<>(given, tokens.seal(scope, key.apply(given.getLast())));
  }
}
