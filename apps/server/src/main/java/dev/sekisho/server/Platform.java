package dev.sekisho.server;

import dev.sekisho.core.MovableClock;
import dev.sekisho.core.Randomness;
import dev.sekisho.crypto.FileKeyring;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.PageTokens;
import dev.sekisho.events.EventLog;
import dev.sekisho.store.ChangeStamps;
import dev.sekisho.store.DataFolder;
import dev.sekisho.store.Database;
import dev.sekisho.store.PostgresAddress;
import dev.sekisho.store.PostgresDatabase;
import dev.sekisho.store.Schema;
import dev.sekisho.store.SqliteDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What every service stands on.
 *
 * @param machineTime the machine's own clock
 * @param clock the clock everything but signatures goes by
 */
record Platform(
    DataFolder folder,
    Randomness randomness,
    Keyring keyring,
    Database database,
    ChangeStamps stamps,
    EventLog events,
    PageTokens pages,
    InstantSource machineTime,
    MovableClock clock)
    implements AutoCloseable {

  /**
   * Opens the data folder and what is in it.
   *
   * @throws dev.sekisho.store.StoreOpenException when it cannot be used
   * @throws IllegalStateException when the keyring cannot be opened
   */
  static Platform open(Options options, InstantSource machineTime) {
    DataFolder folder = DataFolder.take(options.data());
    Database database = null;
    try {
      Randomness randomness = Randomness.system();
      Path file =
          Objects.requireNonNullElseGet(
              options.storage().keyring(), () -> folder.path().resolve("keyring"));
      Keyring keyring = FileKeyring.open(file, randomness);
      database = database(options, folder, machineTime, randomness);
      KeyringCheck.run(database, keyring, file);
      return new Platform(
          folder,
          randomness,
          keyring,
          database,
          database.stamps(),
          new EventLog(database),
          new PageTokens(keyring),
          machineTime,
          new MovableClock(machineTime));
    } catch (RuntimeException failed) {
      if (database != null) {
        database.close();
      }
      folder.close();
      throw failed;
    }
  }

  private static Database database(
      Options options, DataFolder folder, InstantSource time, Randomness randomness) {
    List<Schema> schemas = new ArrayList<>(List.of(EventLog.SCHEMA));
    schemas.addAll(Services.SCHEMAS);
    PostgresAddress address = options.storage().address();
    return address == null
        ? SqliteDatabase.open(folder.path().resolve("sekisho.db"), schemas)
        : PostgresDatabase.open(address, schemas, time, randomness);
  }

  @Override
  public void close() {
    database.close();
    folder.close();
  }
}
