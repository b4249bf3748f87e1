package dev.sekisho.policy.check;

import dev.sekisho.policy.PolicyIssue;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** A language that findings are told in. */
public enum FindingLanguage {
  ENGLISH("en"),
  JAPANESE("ja");

  private static final Map<FindingLanguage, Map<PolicyIssue, String>> READ =
      new ConcurrentHashMap<>();

  private final String code;

  FindingLanguage(String code) {
    this.code = code;
  }

  String message(PolicyIssue issue, Map<String, String> arguments) {
    return fill(messages().getOrDefault(issue, issue.name()), arguments);
  }

  /** Whether there are words for the issue; without them no check reports it. */
  public boolean knows(PolicyIssue issue) {
    return messages().containsKey(issue);
  }

  private Map<PolicyIssue, String> messages() {
    return READ.computeIfAbsent(this, FindingLanguage::read);
  }

  private static Map<PolicyIssue, String> read(FindingLanguage language) {
    String code = language.code;
    Properties properties = new Properties();
    try (InputStream file =
        FindingLanguage.class.getResourceAsStream("messages_" + code + ".properties")) {
      if (file == null) {
        throw new IllegalStateException("the messages in " + code + " are not there");
      }
      properties.load(new InputStreamReader(file, StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the messages cannot be read", unreadable);
    }
    Map<PolicyIssue, String> messages = new EnumMap<>(PolicyIssue.class);
    properties
        .stringPropertyNames()
        .forEach(name -> messages.put(PolicyIssue.valueOf(name), properties.getProperty(name)));
    return messages;
  }

  /**
   * Puts each argument in the place of its name in braces; what it brings is not looked at again.
   */
  private static String fill(String message, Map<String, String> arguments) {
    StringBuilder filled = new StringBuilder();
    int from = 0;
    while (from < message.length()) {
      int end = message.charAt(from) == '{' ? message.indexOf('}', from) : -1;
      String argument = end < 0 ? null : arguments.get(message.substring(from + 1, end));
      if (argument == null) {
        filled.append(message.charAt(from++));
      } else {
        filled.append(argument);
        from = end + 1;
      }
    }
    return filled.toString();
  }
}
