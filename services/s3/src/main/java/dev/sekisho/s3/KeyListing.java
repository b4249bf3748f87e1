package dev.sekisho.s3;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing of keys in order, where keys that go on alike up to a delimiter are rolled
 * up into one common prefix.
 *
 * @param items what was listed
 * @param prefixes the common prefixes, in order
 * @param last the last item, if an item came last
 * @param lastPrefix the last common prefix, if a prefix came last
 * @param truncated whether there is more
 */
record KeyListing<T>(
    List<T> items,
    List<String> prefixes,
    @Nullable T last,
    @Nullable String lastPrefix,
    boolean truncated) {

  private static final int BATCH = 1_000;

  /** After a common prefix, for another may follow at once. */
  private static final int FEW = 8;

  /**
   * What is asked for.
   *
   * @param prefix empty for all keys
   * @param delimiter empty for none
   * @param most items and common prefixes together
   */
  record Wanted(String prefix, String delimiter, int most) {

    /** The common prefix that the key is rolled up into, if it is. */
    @Nullable String rolledUp(String key) {
      if (delimiter.isEmpty()) {
        return null;
      }
      int end = key.indexOf(delimiter, prefix.length());
      return end < 0 ? null : key.substring(0, end + delimiter.length());
    }

    /** Whether the marker is itself a common prefix, all keys of which were given out. */
    boolean isCommonPrefix(String marker) {
      return marker.startsWith(prefix) && marker.equals(rolledUp(marker));
    }
  }

  /**
   * Where the keys are.
   *
   * @param <P> a place among them
   */
  interface Source<T, P> {

    /** What lies at the place or after it, in order. */
    List<T> from(P place, int limit);

    String key(T item);

    /** Right after the item. */
    P after(T item);

    /** At the first item whose key is the one given or later. */
    P at(String key);
  }

  /**
   * Collects a page.
   *
   * @param start where to begin; what lies there has the prefix or comes before those that have
   */
  static <T, P> KeyListing<T> page(Wanted wanted, Source<T, P> source, P start) {
    List<T> items = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    T last = null;
    String lastPrefix = null;
    P place = start;
    int batchSize = wanted.delimiter().isEmpty() ? BATCH : FEW;
    while (true) {
      int limit = Math.min(batchSize, wanted.most() - items.size() - prefixes.size() + 1);
      List<T> batch = source.from(place, limit);
      batchSize = Math.min(BATCH, 4 * batchSize);
      P next = null;
      for (T item : batch) {
        String key = source.key(item);
        if (!key.startsWith(wanted.prefix())) {
          return new KeyListing<>(items, prefixes, last, lastPrefix, false);
        }
        if (items.size() + prefixes.size() == wanted.most()) {
          return new KeyListing<>(items, prefixes, last, lastPrefix, true);
        }
        String rolledUp = wanted.rolledUp(key);
        if (rolledUp == null) {
          items.add(item);
          last = item;
          lastPrefix = null;
          next = source.after(item);
        } else {
          prefixes.add(rolledUp);
          last = null;
          lastPrefix = rolledUp;
          String beyond = successor(rolledUp);
          if (beyond == null) {
            return new KeyListing<>(items, prefixes, null, lastPrefix, false);
          }
          next = source.at(beyond);
          batchSize = FEW;
          break;
        }
      }
      if (next == null || (lastPrefix == null && batch.size() < limit)) {
        return new KeyListing<>(items, prefixes, last, lastPrefix, false);
      }
      place = next;
    }
  }

  /**
   * The least text that comes, by its bytes in UTF-8, after all that begin with this one.
   *
   * @return null when all that comes after begins with it
   */
  static @Nullable String successor(String prefix) {
    int end = prefix.length();
    while (end > 0) {
      int point = prefix.codePointBefore(end);
      int begin = end - Character.charCount(point);
      if (point < Character.MAX_CODE_POINT) {
        int following =
            point + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : point + 1;
        return prefix.substring(0, begin) + Character.toString(following);
      }
      end = begin;
    }
    return null;
  }
}
