package dev.sekisho.policytool;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who acts in a simulation, and the condition keys that follow from that or were given. */
record SimulatedCaller(Principal principal, Map<String, List<String>> keys) {

  private static final String ACCOUNT = "123456789012";

  /**
   * Reads a principal's ARN; without one it is some user of some account.
   *
   * @throws UsageException when it is no ARN of a principal, or a key has no value
   */
  static SimulatedCaller of(@Nullable String arn, List<String> context) {
    Principal principal =
        principal(arn == null ? "arn:aws:iam::" + ACCOUNT + ":user/simulated" : arn);
    Map<String, List<String>> keys = new HashMap<>();
    keys.put("aws:userid", List.of(principal.userId()));
    keys.put("aws:principalaccount", List.of(String.valueOf(principal.account())));
    switch (principal) {
      case Principal.User user -> {
        keys.put("aws:username", List.of(user.name()));
        keys.put("aws:principalarn", List.of(user.arn().toString()));
        keys.put("aws:principaltype", List.of("User"));
      }
      case Principal.RoleSession session -> {
        String role =
            Arn.of(
                    "iam",
                    "",
                    session.account().value(),
                    "role" + session.rolePath() + session.roleName())
                .toString();
        keys.put("aws:principalarn", List.of(role));
        keys.put("aws:principaltype", List.of("AssumedRole"));
      }
      default -> {
        keys.put("aws:principalarn", List.of(String.valueOf(principal.arn())));
        keys.put("aws:principaltype", List.of("Account"));
      }
    }
    given(context).forEach(keys::put);
    return new SimulatedCaller(principal, keys);
  }

  private static Map<String, List<String>> given(List<String> context) {
    Map<String, List<String>> keys = new HashMap<>();
    for (String entry : context) {
      int equals = entry.indexOf('=');
      if (equals <= 0) {
        throw new UsageException("--context wants KEY=VALUE, not " + entry);
      }
      keys.merge(
          entry.substring(0, equals).toLowerCase(Locale.ROOT),
          List.of(entry.substring(equals + 1)),
          (before, now) -> java.util.stream.Stream.concat(before.stream(), now.stream()).toList());
    }
    return keys;
  }

  private static Principal principal(String text) {
    Arn arn;
    AccountId account;
    try {
      arn = Arn.parse(text);
      account = new AccountId(arn.account());
    } catch (IllegalArgumentException notAnArn) {
      throw new UsageException(text + " is not a principal's ARN");
    }
    String resource = arn.resource();
    String kind = resource.contains("/") ? resource.substring(0, resource.indexOf('/')) : resource;
    int last = resource.lastIndexOf('/');
    String name = resource.substring(last + 1);
    String path = last < 0 ? "/" : resource.substring(kind.length(), last + 1);
    return switch (arn.service() + ":" + kind) {
      case "iam:root" -> new Principal.Root(account);
      case "iam:user" -> new Principal.User(account, path, name, "AIDASIMULATED");
      case "iam:role" ->
          new Principal.RoleSession(account, path, name, "AROASIMULATED", "simulated");
      case "sts:assumed-role" ->
          new Principal.RoleSession(account, "/", path.replace("/", ""), "AROASIMULATED", name);
      default -> throw new UsageException(text + " is not a principal's ARN");
    };
  }
}
