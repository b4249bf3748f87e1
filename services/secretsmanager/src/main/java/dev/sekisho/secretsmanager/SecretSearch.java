package dev.sekisho.secretsmanager;

import dev.sekisho.core.AccountId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets of an account in a Region, some at a time, so that it does not matter for memory
 * how many there are.
 *
 * @param planned whether those count whose deletion is pending
 * @param now those that may be gone by then do not count
 */
record SecretSearch(
    AccountId account, String region, SecretFilter filter, boolean planned, Instant now) {

  private static final int BATCH = 500;

  /**
   * The secrets that come after a place in the order.
   *
   * @param place null for the beginning
   */
  List<StoredSecret> find(Handle handle, SecretOrder order, @Nullable String place, int limit) {
    List<StoredSecret> found = new ArrayList<>();
    String after = place;
    List<StoredSecret> batch;
    do {
      batch = SecretStore.page(handle, this, order, after, BATCH);
      for (StoredSecret secret : batch) {
        if (!secret.isGone(now)
            && (filter.filters().isEmpty() || filter.finds(secret, tags(handle, secret)))) {
          found.add(secret);
          if (found.size() == limit) {
            return found;
          }
        }
        after = order.place(secret);
      }
    } while (batch.size() == BATCH);
    return found;
  }

  private Map<String, String> tags(Handle handle, StoredSecret secret) {
    return filter.looksAtTags() ? SecretTags.TABLE.of(handle, secret.arn()) : Map.of();
  }
}
