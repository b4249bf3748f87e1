package dev.sekisho.store;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import dev.sekisho.postgres.PostgresServer;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Nodes on the tests' PostgreSQL. */
final class Nodes {

  private Nodes() {}

  static void assumeInstalled() {
    Assumptions.assumeTrue(PostgresServer.isInstalled(), "PostgreSQL is not installed here");
  }

  static PostgresDatabase open(PostgresServer.Database database, InstantSource time) {
    return PostgresDatabase.open(
        new PostgresAddress(
            database.url() + "?user=" + database.user(), Secret.of(database.password())),
        List.of(Sample.SCHEMA),
        time,
        Randomness.system());
  }
}
