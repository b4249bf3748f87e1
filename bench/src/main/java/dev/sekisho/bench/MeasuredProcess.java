package dev.sekisho.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A server in a process of its own, with the operating system's account of its processor time. */
final class MeasuredProcess implements AutoCloseable {

  private static final long TICK_MICROS = 10_000;

  private final Process process;
  private final URI address;
  private final Duration start;

  private MeasuredProcess(Process process, URI address, Duration start) {
    this.process = process;
    this.address = address;
    this.start = start;
  }

  /** Starts it and waits until it says {@code ready URL}. */
  static MeasuredProcess start(List<String> command) throws IOException {
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("ready ")) {
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        return new MeasuredProcess(process, URI.create(line.substring(6)), taken);
      }
    }
    throw new IOException("the server ended before it was ready: " + command);
  }

  URI address() {
    return address;
  }

  /** From the start of the process until it was ready. */
  Duration startTime() {
    return start;
  }

  /** User and system time so far, in microseconds, to ten milliseconds. */
  long cpuMicros() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MICROS;
  }

  /** Resident memory in mebibytes. */
  long residentMebibytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
      }
    }
    throw new IOException("the process has no VmRSS");
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
