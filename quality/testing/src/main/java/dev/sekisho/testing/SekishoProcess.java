package dev.sekisho.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The packaged program in a process of its own, so that a test can kill it. */
public final class SekishoProcess implements AutoCloseable {

  private final Process process;
  private final URI address;
  private final Path log;

  private SekishoProcess(Process process, URI address, Path log) {
    this.process = process;
    this.address = address;
    this.log = log;
  }

  /**
   * Starts it on a free port and waits until it is ready.
   *
   * @param data its data folder; what it writes to its error stream goes to a file beside it
   * @throws IllegalStateException with what it said, when it ends before it is ready
   */
  public static SekishoProcess start(Path data, String... more) {
    return start(Map.of(), data, more);
  }

  /** As {@link #start(Path, String...)}, with these variables in its environment. */
  public static SekishoProcess start(Map<String, String> environment, Path data, String... more) {
    List<String> command = program();
    command.addAll(List.of("--data", data.toString(), "--port", "0"));
    command.addAll(List.of(more));
    Path log = data.resolveSibling(data.getFileName() + ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      Process process = builder.start();
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("ready ")) {
          return new SekishoProcess(process, URI.create(line.substring(6)), log);
        }
      }
      process.onExit().join();
      throw new IllegalStateException(
          "Sekisho ended with " + process.exitValue() + ": " + Files.readString(log));
    } catch (IOException failed) {
      throw new UncheckedIOException("Sekisho could not be started", failed);
    }
  }

  private static List<String> program() {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            // It lives for seconds: what the second compiler would gain is never earned.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx512m",
            "-jar",
            jar().toString()));
  }

  /** How a run of the program ended that ends by itself. */
  public record Ended(int exit, String out, String errors) {}

  /** Runs the program to its end with these arguments alone, such as those of a command. */
  public static Ended run(Map<String, String> environment, List<String> arguments) {
    List<String> command = program();
    command.addAll(arguments);
    try {
      Path out = Files.createTempFile("sekisho", ".out");
      Path errors = Files.createTempFile("sekisho", ".err");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(out.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        int exit = builder.start().onExit().join().exitValue();
        return new Ended(exit, Files.readString(out), Files.readString(errors));
      } finally {
        Files.delete(out);
        Files.delete(errors);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("Sekisho could not be started", failed);
    }
  }

  /** The packaged program. */
  public static Path jar() {
    Path jar = Path.of("../../apps/server/target/sekisho.jar").toAbsolutePath().normalize();
    if (!Files.exists(jar)) {
      throw new IllegalStateException("the program is not packaged: run the build's verify");
    }
    return jar;
  }

  public URI address() {
    return address;
  }

  /** What it has written to its error stream. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException failed) {
      throw new UncheckedIOException("the log cannot be read", failed);
    }
  }

  /** What the operating system knows it by. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: no shutdown hook runs, no buffer is flushed. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** SIGTERM, and waits for the end. */
  public int stop() {
    process.destroy();
    return process.onExit().join().exitValue();
  }

  @Override
  public void close() {
    kill();
  }
}
