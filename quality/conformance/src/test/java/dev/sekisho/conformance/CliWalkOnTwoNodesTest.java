package dev.sekisho.conformance;

import dev.sekisho.testing.SekishoProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The walk through two processes on one PostgreSQL: each knows at once what the other did. */
class CliWalkOnTwoNodesTest extends CliWalk {

  @Override
  List<SekishoProcess> processes(Path folder) throws IOException {
    return CliWalkOnPostgresTest.onOnePostgres(folder, 2);
  }
}
