package dev.sekisho.kms;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.ChangeStamps;
import dev.sekisho.store.StampedCache;
import java.util.stream.IntStream;

/**
 * How caches learn that something of a key or an alias has changed.
 *
 * <p>Keys share a few hundred topics, so that a change of one makes few others be read again, and
 * what a node has to know of the topics stays small. A key has one topic in all its Regions.
 */
final class KeyStamps {

  private static final int TOPICS = 256;
  private static final String[] NAMES =
      IntStream.range(0, TOPICS).mapToObj(number -> "kms/" + number).toArray(String[]::new);

  private final ChangeStamps stamps;

  KeyStamps(ChangeStamps stamps) {
    this.stamps = stamps;
  }

  /** The key has changed, or anything that belongs to it. */
  void changed(Transaction transaction, KeyName key) {
    stamps.bump(transaction, topic(key));
  }

  /** The alias leads elsewhere. */
  void changed(Transaction transaction, AliasName alias) {
    stamps.bump(transaction, topic(alias));
  }

  <V> StampedCache<KeyName, V> ofKeys(int capacity) {
    return new StampedCache<>(stamps, KeyStamps::topic, capacity);
  }

  <V> StampedCache<AliasName, V> ofAliases(int capacity) {
    return new StampedCache<>(stamps, KeyStamps::topic, capacity);
  }

  /** Of what belongs to a key. */
  <K extends OfKey, V> StampedCache<K, V> ofParts(int capacity) {
    return new StampedCache<>(stamps, part -> topic(part.key()), capacity);
  }

  /** Something that belongs to a key. */
  interface OfKey {
    KeyName key();
  }

  private static String topic(KeyName key) {
    return topic(key.account().value(), key.id());
  }

  private static String topic(AliasName alias) {
    return topic(alias.account().value() + alias.region(), alias.name());
  }

  private static String topic(String space, String name) {
    int hash = 31 * space.hashCode() + name.hashCode();
    return NAMES[Math.floorMod(hash ^ hash >>> 16, TOPICS)];
  }
}
