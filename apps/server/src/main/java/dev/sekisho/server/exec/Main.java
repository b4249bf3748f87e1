package dev.sekisho.server.exec;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** The command {@code exec}. It ends as the program ends that it runs. */
public final class Main {

  private static final int USAGE = 2;
  private static final int REFUSED = 1;

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) throws InterruptedException {
    ExecOptions options;
    SecretEnvironment environment = new SecretEnvironment();
    try {
      options = ExecOptions.parse(arguments);
      read(options, environment);
    } catch (IllegalArgumentException refused) {
      System.err.println("sekisho exec: " + refused.getMessage());
      return USAGE;
    } catch (IOException refused) {
      String message = refused.getMessage();
      System.err.println(
          "sekisho exec: " + (message == null ? "Sekisho cannot be reached" : message));
      return REFUSED;
    }
    return run(options.command(), environment);
  }

  private static void read(ExecOptions options, SecretEnvironment environment)
      throws IOException, InterruptedException {
    ServerAccess access = ServerAccess.find(System.getenv(), options.data());
    try (SecretReader reader = new SecretReader(access, InstantSource.system())) {
      for (String secret : options.secrets()) {
        SecretReader.Named read = reader.read(secret);
        environment.add(read.name(), read.value());
      }
    }
  }

  private static int run(List<String> command, SecretEnvironment environment)
      throws InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    environment
        .variables()
        .forEach((name, value) -> builder.environment().put(name, value.revealText()));
    Process process;
    try {
      process = builder.start();
    } catch (IOException missing) {
      System.err.println("sekisho exec: " + command.getFirst() + " cannot be run");
      return REFUSED;
    }
    // Whoever stops this means the program.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroy));
    return process.waitFor();
  }
}
