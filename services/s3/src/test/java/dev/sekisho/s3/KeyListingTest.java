package dev.sekisho.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pages of a listing, put together, are what a listing by hand finds. */
class KeyListingTest {

  /** As both databases sort: by the bytes of UTF-8. */
  private static final Comparator<String> ORDER =
      (left, right) ->
          Arrays.compareUnsigned(
              left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

  /** Where to begin: at the key, or after it. */
  private record Place(String key, boolean after) {}

  private record Keys(TreeSet<String> keys) implements KeyListing.Source<String, Place> {
    @Override
    public List<String> from(Place place, int limit) {
      return keys.tailSet(place.key(), !place.after()).stream().limit(limit).toList();
    }

    @Override
    public String key(String item) {
      return item;
    }

    @Override
    public Place after(String item) {
      return new Place(item, true);
    }

    @Override
    public Place at(String key) {
      return new Place(key, false);
    }
  }

  @Test
  void pagesTogetherAreTheWholeListing() {
    Random random = new Random(17);
    String[] signs = {"a", "b", "/", "é", "\uffff", "\ud83d\ude00", "//", "z"};
    for (int round = 0; round < 3_000; round++) {
      Keys keys = new Keys(new TreeSet<>(ORDER));
      for (int i = random.nextInt(60); i > 0; i--) {
        keys.keys().add(text(random, signs, 1 + random.nextInt(5)));
      }
      String prefix = text(random, signs, random.nextInt(3));
      String delimiter = random.nextInt(4) == 0 ? "" : random.nextInt(5) == 0 ? "a/" : "/";
      List<String> expected = byHand(keys.keys(), prefix, delimiter);
      int most = 1 + random.nextInt(7);
      List<String> found = inPages(keys, new KeyListing.Wanted(prefix, delimiter, most));
      assertThat(found)
          .as("%s under %s by %s, %s a page", keys.keys(), prefix, delimiter, most)
          .isEqualTo(expected);
    }
  }

  private static List<String> inPages(Keys keys, KeyListing.Wanted wanted) {
    List<String> found = new ArrayList<>();
    Place place = keys.at(wanted.prefix());
    while (true) {
      KeyListing<String> page = KeyListing.page(wanted, keys, place);
      TreeSet<String> merged = new TreeSet<>(ORDER);
      merged.addAll(page.items());
      merged.addAll(page.prefixes());
      assertThat(merged).hasSizeLessThanOrEqualTo(wanted.most());
      found.addAll(merged);
      if (!page.truncated()) {
        return found;
      }
      assertThat(merged).hasSize(wanted.most());
      String last = page.last();
      String lastPrefix = page.lastPrefix();
      if (lastPrefix != null) {
        assertThat(wanted.isCommonPrefix(lastPrefix)).isTrue();
        place = keys.at(beyond(lastPrefix));
      } else if (last != null) {
        assertThat(wanted.isCommonPrefix(last)).isFalse();
        place = keys.after(last);
      }
    }
  }

  private static String beyond(String prefix) {
    String successor = KeyListing.successor(prefix);
    assertThat(successor).isNotNull();
    return String.valueOf(successor);
  }

  private static List<String> byHand(Set<String> keys, String prefix, String delimiter) {
    Set<String> listed = new LinkedHashSet<>();
    for (String key : keys) {
      if (key.startsWith(prefix)) {
        int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
        listed.add(end < 0 ? key : key.substring(0, end + delimiter.length()));
      }
    }
    return new ArrayList<>(listed);
  }

  @Test
  void nothingLiesBetweenAPrefixAndItsSuccessor() {
    Random random = new Random(18);
    String[] signs = {"a", "\ud7ff", "\ue000", "\uffff", "\udbff\udfff", "\ud800\udc00", "/"};
    for (int round = 0; round < 5_000; round++) {
      String prefix = text(random, signs, 1 + random.nextInt(4));
      String other = text(random, signs, random.nextInt(6));
      @Nullable String successor = KeyListing.successor(prefix);
      if (successor == null) {
        assertThat(prefix.replace("\udbff\udfff", "")).isEmpty();
        continue;
      }
      boolean inside = ORDER.compare(prefix, other) <= 0 && ORDER.compare(other, successor) < 0;
      assertThat(inside)
          .as("%s %s %s", prefix, other, successor)
          .isEqualTo(other.startsWith(prefix));
    }
  }

  private static String text(Random random, String[] signs, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(signs[random.nextInt(signs.length)]);
    }
    return text.toString();
  }
}
