package dev.sekisho.store;

import dev.sekisho.core.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/**
 * Rights that one process has at a time, such as to sweep what has expired; each ends by itself
 * when its holder no longer prolongs it.
 *
 * <p>Clocks of machines differ, so a holder may believe in its lease while another has it already.
 * What must not be done twice is done in the transaction that takes or prolongs the lease: there
 * the row is locked, and there is one holder.
 */
public final class Leases {

  private final InstantSource time;

  public Leases(InstantSource time) {
    this.time = time;
  }

  /**
   * Takes the lease, or prolongs it when the holder has it.
   *
   * @return its term, which is another each time it changes hands; nothing when somebody else has
   *     it
   */
  public OptionalLong take(Transaction transaction, String name, String holder, Duration length) {
    return take(StoreTransaction.handle(transaction), name, holder, length);
  }

  OptionalLong take(Handle handle, String name, String holder, Duration length) {
    Instant now = time.instant();
    Optional<Long> term =
        handle
            .createQuery(
                """
                insert into lease (name, holder, until, term)
                values (:name, :holder, :until, 1)
                on conflict (name) do update set
                  holder = excluded.holder,
                  until = excluded.until,
                  term = lease.term
                    + case when lease.holder = excluded.holder and lease.until > :now
                        then 0 else 1 end
                where lease.holder = excluded.holder or lease.until <= :now
                returning term
                """)
            .bind("name", name)
            .bind("holder", holder)
            .bind("until", now.plus(length).toEpochMilli())
            .bind("now", now.toEpochMilli())
            .mapTo(Long.class)
            .findOne();
    return term.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  /** Gives the lease back before its time; nothing happens when the holder no longer has it. */
  public void release(Transaction transaction, String name, String holder) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "update lease set until = :now where name = :name and holder = :holder"
                + " and until > :now")
        .bind("name", name)
        .bind("holder", holder)
        .bind("now", time.instant().toEpochMilli())
        .execute();
  }
}
