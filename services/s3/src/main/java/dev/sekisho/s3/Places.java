package dev.sekisho.s3;

import dev.sekisho.s3.KeyListing.Wanted;
import dev.sekisho.s3.VersionStore.Place;
import org.jspecify.annotations.Nullable;

/** Where a listing of keys goes on. */
final class Places {

  private Places() {}

  /**
   * After the marker, but not before the first key that has the prefix.
   *
   * @param marker a key, or a common prefix all of whose keys are to be passed over
   * @return null when nothing can come after it
   */
  static @Nullable Place after(Wanted wanted, String marker) {
    if (wanted.isCommonPrefix(marker)) {
      String beyond = KeyListing.successor(marker);
      return beyond == null ? null : Place.at(beyond);
    }
    return isBefore(marker, wanted.prefix()) ? Place.at(wanted.prefix()) : Place.after(marker);
  }

  /** As the databases compare: by code points, which is by the bytes of UTF-8. */
  private static boolean isBefore(String left, String right) {
    int at = 0;
    while (at < left.length() && at < right.length()) {
      int one = left.codePointAt(at);
      int other = right.codePointAt(at);
      if (one != other) {
        return one < other;
      }
      at += Character.charCount(one);
    }
    return left.length() < right.length();
  }
}
