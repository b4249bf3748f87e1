package dev.sekisho.server;

import dev.sekisho.core.Secret;
import dev.sekisho.store.PostgresAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where things are kept that several Sekisho share; whatever is null is in the data folder.
 *
 * @param database the URL of a PostgreSQL database
 * @param passwordFile a file with its password; without one the environment's PGPASSWORD counts
 * @param keyring the file with the root keys
 */
public record Storage(
    @Nullable String database, @Nullable Path passwordFile, @Nullable Path keyring) {

  /** Everything in the data folder. */
  public static final Storage IN_FOLDER = new Storage(null, null, null);

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
    return new Storage(url, passwordFile, keyring);
  }

  public Storage withPasswordFile(String file) {
    return new Storage(database, Path.of(file), keyring);
  }

  Storage withKeyring(String file) {
    return new Storage(database, passwordFile, Path.of(file));
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
