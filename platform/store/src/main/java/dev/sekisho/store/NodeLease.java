package dev.sekisho.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * This process's lease of a node number, a row of its own in the table {@code lease}.
 *
 * <p>INVARIANT: a transaction that writes under the number has locked the row and found itself the
 * holder. Another process takes the number by changing that row, so it waits for such a transaction
 * and is seen by the next one. The clocks decide only when a number may be taken over, never
 * whether two may write under it.
 *
 * <p>There is no thread that renews: a process that writes renews on the way, and one that does not
 * may lose its number and takes another when it writes again. Only the writer's thread uses this.
 */
final class NodeLease {

  static final Duration DURATION = Duration.ofMinutes(1);
  private static final String PREFIX = "node/";
  private static final int NONE = -1;

  private record Row(String name, long term) {}

  private final String holder;
  private final InstantSource time;
  private Node node = new Node(NONE, 0);
  private long until;

  NodeLease(String holder, InstantSource time) {
    this.holder = holder;
    this.time = time;
  }

  Node node() {
    return node;
  }

  /** Locks the row for this transaction, renewing when half its time is over; false when lost. */
  boolean hold(Handle handle) {
    if (node.number() == NONE) {
      return false;
    }
    long now = time.millis();
    boolean old = until - now < DURATION.toMillis() / 2;
    if (old) {
      long renewed = now + DURATION.toMillis();
      int held =
          handle.execute(
              "update lease set until = ? where name = ? and holder = ? and term = ?",
              renewed,
              PREFIX + node.number(),
              holder,
              node.term());
      until = held == 1 ? renewed : 0;
      return held == 1;
    }
    return handle
        .createQuery(
            "select until from lease where name = ? and holder = ? and term = ? for update")
        .bind(0, PREFIX + node.number())
        .bind(1, holder)
        .bind(2, node.term())
        .mapTo(Long.class)
        .findOne()
        .isPresent();
  }

  /**
   * Takes the number whose lease ended first, or one that nobody ever had. The transaction has the
   * writers' lock, so no other process looks for a number at the same time.
   */
  void take(Handle handle) {
    long now = time.millis();
    long end = now + DURATION.toMillis();
    Optional<Row> ended =
        handle
            .createQuery(
                "select name, term from lease where name like 'node/%' and until <= ?"
                    + " order by until, name limit 1 for update skip locked")
            .bind(0, now)
            .map((row, _) -> new Row(row.getString(1), row.getLong(2)))
            .findOne();
    if (ended.isPresent()) {
      Row row = ended.get();
      handle.execute(
          "update lease set holder = ?, until = ?, term = ? where name = ?",
          holder,
          end,
          row.term() + 1,
          row.name());
      node = new Node(Integer.parseInt(row.name().substring(PREFIX.length())), row.term() + 1);
    } else {
      int number = unused(handle);
      handle.execute(
          "insert into lease (name, holder, until, term) values (?, ?, ?, 1)",
          PREFIX + number,
          holder,
          end);
      node = new Node(number, 1);
    }
    until = end;
  }

  private static int unused(Handle handle) {
    Set<String> used =
        new HashSet<>(
            handle
                .createQuery("select name from lease where name like 'node/%'")
                .mapTo(String.class)
                .list());
    int number = 0;
    while (used.contains(PREFIX + number)) {
      number++;
    }
    return number;
  }

  /** Lets others have the number. */
  void end(Handle handle) {
    handle.execute(
        "update lease set until = 0 where name = ? and holder = ? and term = ?",
        PREFIX + node.number(),
        holder,
        node.term());
  }
}
