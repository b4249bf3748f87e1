package dev.sekisho.policy.check;

import dev.sekisho.policy.PolicyIssue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found so far.
 *
 * <p>INVARIANT: never more than {@link #MOST}, each of bounded size, whatever the document.
 */
final class Findings {

  static final int MOST = 1_000;
  private static final int LONGEST_ARGUMENT = 512;
  private static final int MOST_LOCATIONS = 20;

  private final SourceText source;
  private final boolean damaged;
  private final List<PolicyFinding> found = new ArrayList<>();

  /**
   * @param damaged whether the text is no JSON; then nobody can say what is missing from it
   */
  Findings(SourceText source, boolean damaged) {
    this.source = source;
    this.damaged = damaged;
  }

  SourceText source() {
    return source;
  }

  /** Reports an issue at the value of a place. */
  void at(Place place, PolicyIssue issue, String... arguments) {
    add(issue, List.of(source.value(place)), arguments);
  }

  /** Reports an issue at the name of a place. */
  void atKey(Place place, PolicyIssue issue, String... arguments) {
    add(issue, List.of(source.key(place)), arguments);
  }

  /** Reports an issue at a part of a place's text. */
  void atPart(Place place, int start, int length, PolicyIssue issue, String... arguments) {
    add(issue, List.of(source.part(place, start, length)), arguments);
  }

  /** Reports an issue at the values of many places. */
  void atAll(List<Place> places, PolicyIssue issue, String... arguments) {
    add(issue, places.stream().limit(MOST_LOCATIONS).map(source::value).toList(), arguments);
  }

  /** Reports that something is missing from the place. */
  void missing(Place place, PolicyIssue issue, String... arguments) {
    if (!damaged) {
      at(place, issue, arguments);
    }
  }

  /** Arguments are names and values by turns. */
  void add(PolicyIssue issue, List<Location> locations, String... arguments) {
    if (found.size() >= MOST) {
      return;
    }
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      named.put(arguments[i], shortened(arguments[i + 1]));
    }
    found.add(new PolicyFinding(issue, named, locations));
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_ARGUMENT ? text : text.substring(0, LONGEST_ARGUMENT) + "…";
  }

  /** In the order of the text. */
  List<PolicyFinding> inOrder() {
    found.sort(
        Comparator.comparingInt(finding ->
            finding.locations().isEmpty()
                ? 0
                : finding.locations().getFirst().span().start().offset()));
    return List.copyOf(found);
  }
}
