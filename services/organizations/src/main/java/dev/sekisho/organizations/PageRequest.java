package dev.sekisho.organizations;

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
record PageRequest(PageTokens tokens, String scope, String after, int limit) {

  private static final int USUAL = 20;

  /** A part of a list, and the token for the next one if there is more. */
  record Page<T>(List<T> items, @Nullable String nextToken) {}

  /**
   * Reads a call's paging parameters.
   *
   * @param selection what else selects the list, so that a token fits this list only
   * @throws dev.sekisho.core.ServiceException when the token is not one of this call's
   */
  static PageRequest of(
      Call<?> call,
      PageTokens tokens,
      String selection,
      @Nullable String nextToken,
      @Nullable Integer maxResults) {
    String scope = call.context().operation() + '/' + call.account() + '/' + selection;
    int limit = maxResults == null ? USUAL : maxResults;
    if (nextToken == null) {
      return new PageRequest(tokens, scope, "", limit);
    }
    try {
      return new PageRequest(tokens, scope, tokens.open(scope, nextToken), limit);
    } catch (CryptoException foreign) {
      throw OrganizationsErrors.invalidInput(
          "INVALID_NEXT_TOKEN", "You specified an invalid value for NextToken.");
    }
  }

  /**
   * Cuts the page out.
   *
   * @param items in the order of their keys, from the beginning or from behind the last page
   */
  <T> Page<T> cut(List<T> items, Function<T, String> key) {
    List<T> rest =
        items.stream()
            .filter(item -> key.apply(item).compareTo(after) > 0)
            .limit(limit + 1L)
            .toList();
    if (rest.size() <= limit) {
      return new Page<>(rest, null);
    }
    List<T> given = rest.subList(0, limit);
    return new Page<>(given, tokens.seal(scope, key.apply(given.getLast())));
  }
}
