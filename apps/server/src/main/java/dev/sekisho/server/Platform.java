package dev.sekisho.server;

import dev.sekisho.core.MovableClock;
import dev.sekisho.core.Randomness;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.PageTokens;
import dev.sekisho.crypto.keyring.KeyringWatch;
import dev.sekisho.crypto.keyring.OpenKeyring;
import dev.sekisho.crypto.keyring.RootKind;
import dev.sekisho.crypto.keyring.StoredKeyring;
import dev.sekisho.events.EventLog;
import dev.sekisho.store.ChangeStamps;
import dev.sekisho.store.DataFolder;
import dev.sekisho.store.Database;
import dev.sekisho.store.PostgresAddress;
import dev.sekisho.store.PostgresDatabase;
import dev.sekisho.store.Schema;
import dev.sekisho.store.SqliteDatabase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

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
    KeyringWatch keyringWatch,
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
   * @throws dev.sekisho.crypto.keyring.UnsealException when the keyring cannot be opened
   */
  static Platform open(Options options, InstantSource machineTime) {
    DataFolder folder = DataFolder.take(options.data());
    Database database = null;
    try {
      Randomness randomness = Randomness.system();
      StoredKeyring stored =
          new StoredKeyring(options.storage().keyring(folder.path()), randomness);
      if (!stored.file().exists()) {
        KeyringCheck.refuseToReplace(options, stored.file().path());
        stored.create(RootKind.FILE, options.storage().root(), machineTime.instant());
      }
      OpenKeyring opened = stored.open(options.storage().root());
      Keyring keyring = opened.inUse(randomness, machineTime.instant());
      database = database(options, folder, machineTime, randomness);
      KeyringCheck.run(database, keyring, stored.file().path());
      return new Platform(
          folder,
          randomness,
          keyring,
          new KeyringWatch(stored, opened, keyring, machineTime),
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
        ? SqliteDatabase.open(folder.path().resolve(Storage.DATABASE), schemas)
        : PostgresDatabase.open(address, schemas, time, randomness);
  }

  @Override
  public void close() {
    database.close();
    folder.close();
  }
}
