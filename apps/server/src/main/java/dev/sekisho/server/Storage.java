package dev.sekisho.server;

import dev.sekisho.core.Secret;
import dev.sekisho.crypto.keyring.RootAccess;
import dev.sekisho.store.PostgresAddress;
import dev.sekisho.store.StoreInspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Where things are kept that several Sekisho share; whatever is null is in the data folder.
 *
 * @param database the URL of a PostgreSQL database
 * @param passwordFile a file with its password; without one the environment's PGPASSWORD counts
 * @param keyring the file with the keys that seal all secrets
 * @param root how to get at what seals the keyring
 */
public record Storage(
    @Nullable String database,
    @Nullable Path passwordFile,
    @Nullable Path keyring,
    RootAccess root) {

  /** The database's name in the data folder. */
  static final String DATABASE = "sekisho.db";

  /** Everything in the data folder. */
  public static final Storage IN_FOLDER = new Storage(null, null, null);

  /** With a root key for which the command line names nothing. */
  public Storage(@Nullable String database, @Nullable Path passwordFile, @Nullable Path keyring) {
    this(database, passwordFile, keyring, RootOptions.none("--"));
  }

  /** The same with one more option, or null when it is none of these. */
  @Nullable Storage with(String name, String value) {
    return switch (name) {
      case "--database" -> withDatabase(value);
      case "--database-password-file" -> withPasswordFile(value);
      case "--keyring" -> withKeyring(value);
      default -> {
        RootOptions more = root instanceof RootOptions known ? known.with(name, value) : null;
        yield more == null ? null : new Storage(database, passwordFile, keyring, more);
      }
    };
  }

  /** Where the keyring is, for a data folder. */
  Path keyring(Path data) {
    return keyring == null ? data.resolve("keyring") : keyring;
  }

  /** Looks at what is stored, without a change; nothing when there is nothing yet. */
  <T> Optional<T> inspect(Path data, Function<Handle, T> work) {
    PostgresAddress address = address();
    return address == null
        ? StoreInspection.file(data.resolve(DATABASE), work)
        : StoreInspection.postgres(address, work);
  }

  public Storage withDatabase(String url) {
    if (!url.startsWith(PostgresAddress.PREFIX)) {
      throw new IllegalArgumentException(
          "--database takes a URL that begins with " + PostgresAddress.PREFIX);
    }
    if (url.contains("password=")) {
      throw new IllegalArgumentException(
          "--database must not hold the password, which others could see; name a file with"
              + " --database-password-file or set PGPASSWORD");
    }
    return new Storage(url, passwordFile, keyring, root);
  }

  public Storage withPasswordFile(String file) {
    return new Storage(database, Path.of(file), keyring, root);
  }

  public Storage withKeyring(String file) {
    return new Storage(database, passwordFile, Path.of(file), root);
  }

  public void check() {
    if (passwordFile != null && database == null) {
      throw new IllegalArgumentException("--database-password-file needs --database");
    }
  }

  /** The database's address with its password; null for the one in the data folder. */
  public @Nullable PostgresAddress address() {
    return database == null ? null : new PostgresAddress(database, password());
  }

  private @Nullable Secret password() {
    if (passwordFile == null) {
      String environment = System.getenv("PGPASSWORD");
      return environment == null ? null : Secret.of(environment);
    }
    try {
      return Secret.of(Files.readString(passwordFile).strip());
    } catch (IOException failed) {
      throw new IllegalStateException(
          "the database's password file " + passwordFile + " cannot be read", failed);
    }
  }
}
