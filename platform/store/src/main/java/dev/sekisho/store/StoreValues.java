package dev.sekisho.store;

import dev.sekisho.core.Transaction;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What the whole store has one of, by name. */
public final class StoreValues {

  private StoreValues() {}

  /** The value of that name. */
  public static Optional<byte[]> find(Handle handle, String name) {
    return handle
        .createQuery("select content from store_value where name = :name")
        .bind("name", name)
        .mapTo(byte[].class)
        .findOne();
  }

  /** Keeps the value, in the place of an earlier one. */
  public static void put(Transaction transaction, String name, byte[] content) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into store_value (name, content) values (:name, :content)"
                + " on conflict (name) do update set content = excluded.content")
        .bind("name", name)
        .bind("content", content)
        .execute();
  }
}
