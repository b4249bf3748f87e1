package dev.sekisho.server;

import dev.sekisho.store.ChangeStamps;
import dev.sekisho.store.Database;
import dev.sekisho.store.Schema;
import dev.sekisho.store.StoreTransaction;
import java.util.List;

/**
 * Wipes every resource of the given modules. The event log is not among them: what happened stays
 * recorded.
 */
final class Reset {

  private final Database database;
  private final ChangeStamps stamps;
  private final List<Schema> schemas;

  Reset(Database database, ChangeStamps stamps, List<Schema> schemas) {
    this.database = database;
    this.stamps = stamps;
    this.schemas = List.copyOf(schemas);
  }

  void run() {
    database.write(transaction -> {
      for (Schema schema : schemas) {
        for (String table : schema.tables().reversed()) {
          StoreTransaction.handle(transaction).execute("delete from " + table);
        }
        // A module's caches go by stamps of the module's name, or of topics below it.
        stamps.bumpAll(transaction, schema.name());
      }
      return schemas.size();
    });
  }
}
