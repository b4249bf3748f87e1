package dev.sekisho.policy.check;

import dev.sekisho.policy.FindingType;
import dev.sekisho.policy.PolicyIssue;
import java.util.List;
import java.util.Map;

/**
 * One thing that is wrong with a document.
 *
 * @param arguments what the issue's message is filled in with
 */
public record PolicyFinding(
    PolicyIssue issue, Map<String, String> arguments, List<Location> locations) {

  public PolicyFinding {
    arguments = Map.copyOf(arguments);
    locations = List.copyOf(locations);
  }

  public FindingType type() {
    return issue.type();
  }

  /** What is wrong, in words. */
  public String details(FindingLanguage language) {
    return language.message(issue, arguments);
  }
}
