package dev.sekisho.server.exec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param data the server's data folder, whose files tell where it is and who calls
 * @param secrets names or ARNs
 * @param command the program and its arguments
 */
record ExecOptions(Path data, List<String> secrets, List<String> command) {

  private static final String USAGE = "--secret NAME [--secret NAME …] -- COMMAND [ARGUMENT …]";

  ExecOptions {
    secrets = List.copyOf(secrets);
    command = List.copyOf(command);
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with a message for the person
   */
  static ExecOptions parse(List<String> arguments) {
    int end = arguments.indexOf("--");
    if (end < 0 || end + 1 == arguments.size()) {
      throw new IllegalArgumentException("no command is given; use " + USAGE);
    }
    Path data = Path.of(".sekisho");
    List<String> secrets = new ArrayList<>();
    for (int i = 0; i < end; i += 2) {
      String name = arguments.get(i);
      if (i + 1 == end) {
        throw new IllegalArgumentException(name + " is unknown or lacks its value");
      }
      String value = arguments.get(i + 1);
      switch (name) {
        case "--secret" -> secrets.add(value);
        case "--data" -> data = Path.of(value);
        default -> throw new IllegalArgumentException("unknown option " + name);
      }
    }
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("no secret is named; use " + USAGE);
    }
    return new ExecOptions(data, secrets, arguments.subList(end + 1, arguments.size()));
  }
}
