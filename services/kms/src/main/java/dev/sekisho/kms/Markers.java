package dev.sekisho.kms;

import dev.sekisho.core.Call;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.PageTokens;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** KMS's way of paging: a marker that belongs to one call of one account. */
final class Markers {

  private final PageTokens tokens;

  Markers(PageTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * One page.
   *
   * @param next the marker of the next page; none on the last
   */
  record Page<T>(List<T> items, @Nullable String next) {
    boolean truncated() {
      return next != null;
    }
  }

  /** Gives items in order, beginning after a sort key, at most so many. */
  @FunctionalInterface
  interface Source<T> {
    List<T> after(String sortKey, int limit);
  }

  /**
   * Reads one page.
   *
   * @param selection what selects the list beside the operation and the account
   * @param sortKey the item's place in the order
   * @throws ServiceException InvalidMarkerException when the marker is not of this very list
   */
  <T> Page<T> page(
      Call<?> call,
      String selection,
      @Nullable String marker,
      int limit,
      Source<T> source,
      Function<T, String> sortKey) {
    String list =
        String.join(
            "/",
            "kms",
            call.context().operation(),
            call.account().value(),
            call.region(),
            selection);
    String after = marker == null ? "" : open(list, marker);
    List<T> items = source.after(after, limit + 1);
    if (items.size() <= limit) {
      return new Page<>(items, null);
    }
    List<T> page = items.subList(0, limit);
    return new Page<>(page, tokens.seal(list, sortKey.apply(page.getLast())));
  }

  private String open(String list, String marker) {
    try {
      return tokens.open(list, marker);
    } catch (CryptoException notOurs) {
      throw KmsErrors.invalidMarker();
    }
  }
}
