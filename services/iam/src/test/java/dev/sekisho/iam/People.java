package dev.sekisho.iam;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.MovableClock;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.OneTimeCodes;
import dev.sekisho.crypto.PasswordHash;
import dev.sekisho.events.EventLog;
import dev.sekisho.store.Database;
import dev.sekisho.store.SqliteDatabase;
import dev.sekisho.store.StoreTransaction;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** A store with people in it who can sign in, and a clock that tests move. */
final class People implements AutoCloseable {

  static final AccountId ACCOUNT = new AccountId("111122223333");
  static final Randomness RANDOM = Randomness.system();

  final MovableClock clock = new MovableClock(() -> Instant.parse("2026-03-01T12:00:00Z"));
  final Database database;
  final Keyring keyring;
  final EventLog events;

  People(Path folder) {
    database =
        SqliteDatabase.open(
            folder.resolve("test.db"), List.of(EventLog.SCHEMA, IamPrincipals.SCHEMA));
    keyring = new Keyring(Map.of(1, Secret.of(RANDOM.bytes(32))), 1, RANDOM);
    events = new EventLog(database);
  }

  Principal.User user(String name) {
    String id = "AIDA" + RANDOM.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 17);
    database.write(transaction -> {
      StoreTransaction.handle(transaction)
          .execute(
              "insert into iam_user (id, account, folded_name, name, path, created_at)"
                  + " values (?, ?, ?, ?, '/', 0)",
              id,
              ACCOUNT.value(),
              EntityStore.fold(name),
              name);
      return id;
    });
    return new Principal.User(ACCOUNT, "/", name, id);
  }

  void password(Principal owner, String password, boolean resetRequired) {
    String hash = PasswordHash.of(Secret.of(password), RANDOM);
    String ownerId = CredentialOwner.idOf(owner).orElseThrow();
    change(handle ->
        new LoginProfileStore(keyring)
            .insert(handle, ownerId, hash, resetRequired, clock.instant()));
  }

  /** A device that is enabled; gives its seed. */
  Secret device(Principal owner, String serial) {
    Secret seed = Secret.of(RANDOM.bytes(40));
    change(handle -> {
      new MfaDeviceStore(keyring)
          .insert(
              handle,
              new MfaDevice(
                  serial,
                  ACCOUNT,
                  MfaDevice.Kind.VIRTUAL,
                  CredentialOwner.idOf(owner).orElseThrow(),
                  clock.instant(),
                  clock.instant(),
                  0,
                  -1),
              seed);
    });
    return seed;
  }

  String code(Secret seed) {
    return OneTimeCodes.code(seed, OneTimeCodes.step(clock.instant()));
  }

  void change(Consumer<Handle> change) {
    database.write(transaction -> {
      change.accept(StoreTransaction.handle(transaction));
      return true;
    });
  }

  @Override
  public void close() {
    database.close();
  }
}
