package dev.sekisho.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL cluster of its own in a temporary folder, on a free port of 127.0.0.1, gone when it
 * is closed or this process ends in whatever way.
 *
 * <p>Nothing is synchronised to disk: it survives its own crash, not the machine's.
 */
public final class PostgresServer implements AutoCloseable {

  /** The cluster's one user, a superuser. */
  public static final String USER = "sekisho";

  /** The user's password; the cluster asks for it. */
  public static final String PASSWORD = "only-for-tests";

  // The shell ends the server when its own input ends, which a killed parent cannot prevent.
  private static final String WATCH =
      """
      "$@" </dev/null 2>&1 &
      server=$!
      cat >/dev/null
      kill -s INT $server
      wait $server
      """;

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static @Nullable PostgresServer shared;

  private final Binaries binaries;
  private final Path folder;
  private final int port;
  private @Nullable Process process;

  private PostgresServer(Binaries binaries, Path folder, int port) {
    this.binaries = binaries;
    this.folder = folder;
    this.port = port;
  }

  /** Whether this machine has the programs; tests that need them are skipped otherwise. */
  public static boolean isInstalled() {
    return Binaries.find().isPresent();
  }

  /** The one that all tests of this process use, started when it is first asked for. */
  public static synchronized PostgresServer shared() {
    PostgresServer running = shared;
    if (running == null) {
      running = start();
      shared = running;
      Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop-postgres"));
    }
    return running;
  }

  /**
   * Makes a cluster and starts it.
   *
   * @throws IllegalStateException when PostgreSQL is not installed or does not start
   */
  public static PostgresServer start() {
    Binaries binaries =
        Binaries.find().orElseThrow(() -> new IllegalStateException("no PostgreSQL here"));
    try {
      Path folder = Files.createTempDirectory("sekisho-postgres");
      Path password = Files.writeString(folder.resolve("password"), PASSWORD);
      if (Binaries.isRoot()) {
        for (Path path : List.of(folder, password)) {
          Files.setOwner(
              path,
              path.getFileSystem()
                  .getUserPrincipalLookupService()
                  .lookupPrincipalByName(Binaries.UNPRIVILEGED));
        }
      }
      initialise(binaries, folder, password);
      PostgresServer server = new PostgresServer(binaries, folder, freePort());
      server.resume();
      return server;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void initialise(Binaries binaries, Path folder, Path password) throws IOException {
    Process initdb =
        Binaries.process(
                binaries.program("initdb"),
                "--pgdata=" + folder.resolve("data"),
                "--username=" + USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
                "--no-instructions")
            .directory(folder.toFile())
            .start();
    String said = new String(initdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (initdb.onExit().join().exitValue() != 0) {
      throw new IllegalStateException("initdb failed: " + said);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /** Starts it again after {@link #stop}, with the same data on the same port. */
  public void resume() {
    ProcessBuilder builder =
        Binaries.process(
                "sh",
                "-c",
                WATCH,
                "watch",
                binaries.program("postgres"),
                "-D",
                folder.resolve("data").toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=off",
                "-c",
                "shared_buffers=32MB")
            .directory(folder.toFile());
    try {
      Process started = builder.start();
      process = started;
      awaitReady(started);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The server says on its output when it is ready; what comes later is read and dropped. */
  private static void awaitReady(Process started) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    String line = output.readLine();
    while (line != null && !line.contains("database system is ready to accept connections")) {
      said.append(line).append('\n');
      line = output.readLine();
    }
    if (line == null) {
      throw new IllegalStateException("PostgreSQL did not start: " + said);
    }
    Thread.ofVirtual()
        .start(() -> {
          try (output) {
            while (output.readLine() != null) {
              // Nobody asks for it.
            }
          } catch (IOException closed) {
            // The process has gone.
          }
        });
  }

  /** Stops it as an operator would; every connection ends. */
  public void stop() {
    Process running = process;
    if (running != null) {
      process = null;
      try {
        running.getOutputStream().close();
      } catch (IOException gone) {
        // It ended by itself.
      }
      running.onExit().join();
    }
  }

  /** Makes a database that is empty. */
  public Database newDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    execute("create database " + name + " template template0");
    return new Database("jdbc:postgresql://127.0.0.1:" + port + "/" + name, USER, PASSWORD);
  }

  /** Where a database is and who may use it. */
  public record Database(String url, String user, String password) {

    /** A connection of the test's own. */
    public Connection connect() throws SQLException {
      return DriverManager.getConnection(url, user, password);
    }
  }

  /** Ends the server's side of every connection to the database, as a failing network would. */
  public void disconnect(Database database) {
    String name = database.url().substring(database.url().lastIndexOf('/') + 1);
    execute(
        "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '"
            + name
            + "'");
  }

  private void execute(String sql) {
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    try (Connection connection = DriverManager.getConnection(url, USER, PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public void close() {
    stop();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(Objects.requireNonNull(file));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
