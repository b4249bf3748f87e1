package dev.sekisho.conformance;

import dev.sekisho.testing.SekishoProcess;
import java.nio.file.Path;
import java.util.List;

/** The walk on one process with its defaults. */
class CliWalkTest extends CliWalk {

  @Override
  List<SekishoProcess> processes(Path folder) {
    return List.of(SekishoProcess.start(folder.resolve("data")));
  }
}
