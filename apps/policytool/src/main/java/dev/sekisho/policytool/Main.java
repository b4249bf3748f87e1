package dev.sekisho.policytool;

import dev.sekisho.policy.check.FindingLanguage;
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
    int code = PolicyTool.run(List.of(arguments), usual(), System.in, out, err);
    out.flush();
    System.exit(code);
  }

  /** The user's language by the environment; the JVM's own needs the locale to be installed. */
  private static FindingLanguage usual() {
    for (String name : List.of("LC_ALL", "LC_MESSAGES", "LANG")) {
      String locale = System.getenv(name);
      if (locale != null && !locale.isEmpty()) {
        return locale.startsWith("ja") ? FindingLanguage.JAPANESE : FindingLanguage.ENGLISH;
      }
    }
    return FindingLanguage.ENGLISH;
  }
}
