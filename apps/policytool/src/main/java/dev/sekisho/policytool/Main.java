package dev.sekisho.policytool;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where the command line begins. */
public final class Main {

  private Main() {}

  /** Runs the command and ends with its exit code. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    int code = PolicyTool.run(List.of(arguments), System.in, out, err);
    out.flush();
    System.exit(code);
  }
}
