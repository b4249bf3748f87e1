package dev.sekisho.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The installed PostgreSQL programs, and how to run them: they refuse to run as root, who therefore
 * runs them as a user without rights.
 *
 * @param folder where {@code initdb} and {@code postgres} are
 */
record Binaries(Path folder) {

  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final List<Path> OTHERS =
      List.of(Path.of("/usr/local/pgsql/bin"), Path.of("/usr/local/bin"), Path.of("/usr/bin"));

  /** The user that stands in for root. */
  static final String UNPRIVILEGED = "nobody";

  /** The newest installed ones. */
  static Optional<Binaries> find() {
    return Stream.concat(debian().stream(), OTHERS.stream())
        .filter(folder ->
            Files.isExecutable(folder.resolve("initdb"))
                && Files.isExecutable(folder.resolve("postgres")))
        .map(Binaries::new)
        .findFirst();
  }

  private static List<Path> debian() {
    if (!Files.isDirectory(DEBIAN)) {
      return List.of();
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions
          .sorted(Comparator.comparingInt(Binaries::version).reversed())
          .map(version -> version.resolve("bin"))
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static int version(Path folder) {
    String name = folder.getFileName().toString();
    return name.chars().allMatch(Character::isDigit) ? Integer.parseInt(name) : 0;
  }

  /** Whether the programs must run as another user than this process. */
  static boolean isRoot() {
    return System.getProperty("user.name", "").equals("root");
  }

  /** A process of one of the programs, or of a shell that runs it, as a user it accepts. */
  static ProcessBuilder process(String... command) {
    List<String> whole = new ArrayList<>();
    if (isRoot()) {
      whole.addAll(List.of("setpriv", "--reuid", UNPRIVILEGED, "--clear-groups", "--"));
    }
    whole.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(whole);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.redirectErrorStream(true);
  }

  String program(String name) {
    return folder.resolve(name).toString();
  }
}
