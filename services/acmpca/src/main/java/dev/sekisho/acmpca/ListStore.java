package dev.sekisho.acmpca;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The SQL of revocation lists as they were written last. */
final class ListStore {

  private ListStore() {}

  static Optional<Blob> find(Handle handle, String authority, long part) {
    return handle
        .createQuery("select list from acmpca_list where authority = :authority and part = :part")
        .bind("authority", authority)
        .bind("part", part)
        .map((row, _) -> Blob.of(row.getBytes(1)))
        .findOne();
  }

  /** Keeps a list, unless a later one is there. */
  static void put(Transaction transaction, String authority, long part, long number, Blob list) {
    StoreTransaction.handle(transaction)
        .execute(
            "insert into acmpca_list (authority, part, number, list) values (?, ?, ?, ?)"
                + " on conflict (authority, part) do update set number = excluded.number,"
                + " list = excluded.list where acmpca_list.number < excluded.number",
            authority,
            part,
            number,
            list.bytes());
  }
}
