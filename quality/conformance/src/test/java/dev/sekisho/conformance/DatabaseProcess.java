package dev.sekisho.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A database server of a test's own, run by a user without rights, gone when it is closed or this
 * process ends in whatever way.
 */
final class DatabaseProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  // The shell ends the server when its own input ends, which a killed parent cannot prevent.
  private static final String WATCH =
      """
      "$@" </dev/null >log 2>&1 &
      server=$!
      cat >/dev/null
      kill -s TERM $server
      wait $server
      """;

  /** Tries whether the server answers. */
  interface Trial {
    void connect() throws Exception;
  }

  private final Process process;

  private DatabaseProcess(Process process) {
    this.process = process;
  }

  static boolean isInstalled(String program) {
    return List.of("/usr/sbin", "/usr/bin", "/usr/local/bin").stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Runs a program to its end. */
  static void run(Path folder, String... command) throws Exception {
    Process process = unprivileged(folder, List.of(command)).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command[0] + ": " + said);
    }
  }

  /** Starts the server in the folder, which everybody may write to, and waits until it answers. */
  static DatabaseProcess start(Path folder, Trial trial, String... command) throws Exception {
    List<String> watched = new ArrayList<>(List.of("sh", "-c", WATCH, "watch"));
    watched.addAll(List.of(command));
    DatabaseProcess server = new DatabaseProcess(unprivileged(folder, watched).start());
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        trial.connect();
        return server;
      } catch (Exception notYet) {
        if (!server.process.isAlive() || Instant.now().isAfter(end)) {
          server.close();
          throw new IllegalStateException(Files.readString(folder.resolve("log")), notYet);
        }
        Thread.onSpinWait();
      }
    }
  }

  private static ProcessBuilder unprivileged(Path folder, List<String> command) {
    List<String> whole = new ArrayList<>();
    if (System.getProperty("user.name", "").equals("root")) {
      whole.addAll(List.of("setpriv", "--reuid", "nobody", "--clear-groups", "--"));
    }
    whole.addAll(command);
    return new ProcessBuilder(whole).directory(folder.toFile()).redirectErrorStream(true);
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }
}
