package dev.sekisho.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sekisho.postgres.PostgresServer;
import dev.sekisho.testing.SekishoProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The walk with PostgreSQL as the store. */
class CliWalkOnPostgresTest extends CliWalk {

  @Override
  List<SekishoProcess> processes(Path folder) throws IOException {
    return onOnePostgres(folder, 1);
  }

  /** So many processes, each with a data folder of its own, on one database and one keyring. */
  static List<SekishoProcess> onOnePostgres(Path folder, int nodes) throws IOException {
    assumeTrue(PostgresServer.isInstalled(), "PostgreSQL is not installed here");
    PostgresServer.Database database = PostgresServer.shared().newDatabase();
    Path password = Files.writeString(folder.resolve("password"), database.password() + "\n");
    List<SekishoProcess> started = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      started.add(
          SekishoProcess.start(
              folder.resolve(node == 0 ? "data" : "data-" + node),
              "--database",
              database.url() + "?user=" + database.user(),
              "--database-password-file",
              password.toString(),
              "--keyring",
              folder.resolve("keyring").toString()));
    }
    return started;
  }
}
