package dev.sekisho.events;

import dev.sekisho.store.Database;
import dev.sekisho.store.SqliteDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The contract on SQLite, which has one process. */
class SqliteEventLogTest extends EventLogContract {

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Override
  int nodes() {
    return 1;
  }

  @Override
  Database open() {
    return SqliteDatabase.open(folder.resolve("events.db"), List.of(EventLog.SCHEMA));
  }
}
