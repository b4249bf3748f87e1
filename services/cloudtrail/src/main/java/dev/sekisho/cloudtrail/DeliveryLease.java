package dev.sekisho.cloudtrail;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Lets one node of several deliver. It is held under the node's number in the store, which nobody
 * else has: so a process that takes the place of one that was killed goes on at once.
 *
 * <p>This only saves work. Should two nodes hold it for a while, because their clocks differ, they
 * put the same objects with the same bytes, for what is put is planned in transactions.
 */
final class DeliveryLease {

  private static final Duration DURATION = Duration.ofSeconds(15);

  private final Database database;
  private final InstantSource time;
  private long until;

  DeliveryLease(Database database, InstantSource time) {
    this.database = database;
    this.time = time;
  }

  /** Whether this node is the one that delivers for now. */
  boolean hold() {
    long now = time.millis();
    if (until - now > DURATION.toMillis() / 2 && until - now <= DURATION.toMillis()) {
      return true;
    }
    long end = now + DURATION.toMillis();
    // A lease that ends later than any can is of a clock that was set back since.
    int held =
        database.write(transaction ->
            StoreTransaction.handle(transaction)
                .execute(
                    "insert into cloudtrail_lease (name, holder, held_until) values ('delivery', ?, ?)"
                        + " on conflict (name) do update set holder = excluded.holder,"
                        + " held_until = excluded.held_until"
                        + " where cloudtrail_lease.holder = excluded.holder"
                        + " or cloudtrail_lease.held_until <= ?"
                        + " or cloudtrail_lease.held_until > ?",
                    holder(transaction),
                    end,
                    now,
                    end));
    until = held == 1 ? end : 0;
    return held == 1;
  }

  /** Lets another node go on at once. */
  void end() {
    if (until > 0) {
      until = 0;
      database.write(transaction ->
          StoreTransaction.handle(transaction)
              .execute(
                  "update cloudtrail_lease set held_until = 0 where holder = ?",
                  holder(transaction)));
    }
  }

  private static String holder(Transaction transaction) {
    return "node " + StoreTransaction.node(transaction).number();
  }
}
