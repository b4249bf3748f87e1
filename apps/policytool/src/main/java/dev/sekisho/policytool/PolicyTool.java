package dev.sekisho.policytool;

import dev.sekisho.policy.check.FindingLanguage;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;

/** The commands, and what their exit codes say. */
public final class PolicyTool {

  /** Nothing was found, or the request is allowed. */
  public static final int CLEAN = 0;

  /** Something was found that is as grave as asked about, or the request is denied. */
  public static final int FOUND = 1;

  /** The command cannot be carried out: wrong usage, or a file that cannot be read. */
  public static final int TROUBLE = 2;

  private static final String USAGE =
      """
      usage: ./sekisho policy check [OPTIONS] FILE…      (- for standard input)
          --type TYPE         identity, resource, trust, scp or rcp; else guessed
          --resource-type T   for a resource's policy, for example AWS::S3::Bucket
          --fail-on LEVEL     error, security-warning (the default), warning, suggestion or never
          --format FORMAT     text (the default), json or sarif
          --language LANG     en or ja; else by LANG
        ends with 0 when nothing is as grave as --fail-on, else 1; 2 for wrong usage

      usage: ./sekisho policy simulate --action ACTION… [OPTIONS]
          --resource ARN            what is acted on (*)
          --principal ARN           who acts: a user, role, role session or an account's root
          --identity FILE           a policy of the principal; may be given many times
          --boundary FILE           its permissions boundary
          --session FILE            a policy of its session; may be given many times
          --resource-policy FILE    the resource's policy; --key-policy FILE for a KMS key's,
          --trust-policy FILE         which must allow, and for a role's
          --scp FILE[,FILE…]        service control policies, once for each level from the root
          --rcp FILE[,FILE…]        resource control policies, likewise
          --context KEY=VALUE       a condition key of the request; again for more values
          --format FORMAT           text (the default) or json
        ends with 0 when all actions are allowed, else 1; 2 for wrong usage or a malformed policy
      """;

  private PolicyTool() {}

  /**
   * Runs a command, for example {@code check policy.json}, and returns its exit code.
   *
   * @param usual the language that findings are told in where no option says another
   */
  public static int run(
      List<String> arguments,
      FindingLanguage usual,
      InputStream in,
      PrintStream out,
      PrintStream err) {
    String command = arguments.isEmpty() ? "" : arguments.getFirst();
    try {
      return switch (command) {
        case "check" -> CheckCommand.run(rest(arguments), usual, in, out);
        case "simulate" -> SimulateCommand.run(rest(arguments), out);
        case "help", "-h", "--help" -> {
          out.print(USAGE);
          yield CLEAN;
        }
        default ->
            throw new UsageException(
                command.isEmpty() ? "say check or simulate" : "unknown command '" + command + "'");
      };
    } catch (UsageException wrong) {
      err.println("sekisho policy: " + wrong.message());
      err.println("sekisho policy help says how it is used.");
      return TROUBLE;
    }
  }

  private static List<String> rest(List<String> arguments) {
    return arguments.subList(1, arguments.size());
  }
}
