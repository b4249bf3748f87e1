package dev.sekisho.store;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The contract on SQLite. */
class SqliteStoreTest extends StoreContract {

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Override
  Database open() {
    return SqliteDatabase.open(folder.resolve("store.db"), List.of(Sample.SCHEMA));
  }
}
