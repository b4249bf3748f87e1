package dev.sekisho.store;

import dev.sekisho.core.Transaction;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table that the store's tests write to. */
final class Sample {

  static final Schema SCHEMA = new Schema(Sample.class, "sample", 1);

  private Sample() {}

  static void insert(Transaction transaction, String name, long number) {
    StoreTransaction.handle(transaction)
        .execute("insert into sample (name, number) values (?, ?)", name, number);
  }

  static void add(Transaction transaction, String name) {
    Handle handle = StoreTransaction.handle(transaction);
    // Read, then write what was read: only serial changes keep every one of them.
    long number =
        handle
            .createQuery("select number from sample where name = ?")
            .bind(0, name)
            .mapTo(Long.class)
            .findOne()
            .orElse(0L);
    handle.execute(
        "insert into sample (name, number) values (?, ?) on conflict (name) do update set number ="
            + " excluded.number",
        name,
        number + 1);
  }

  static List<String> names(Database database) {
    return database.read(handle ->
        handle.createQuery("select name from sample order by name").mapTo(String.class).list());
  }

  static long number(Database database, String name) {
    return database.read(handle ->
        handle
            .createQuery("select number from sample where name = ?")
            .bind(0, name)
            .mapTo(Long.class)
            .one());
  }
}
