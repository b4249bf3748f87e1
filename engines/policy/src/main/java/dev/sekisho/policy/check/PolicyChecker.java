package dev.sekisho.policy.check;

import dev.sekisho.policy.PolicyIssue;
import dev.sekisho.policy.PolicyParser;
import java.util.List;

/**
 * Finds what is wrong with a policy document.
 *
 * <p>It never gives up at the first error and never reports what it cannot be sure of: a check that
 * needs to know every action or key of every AWS service is left out where that is not known here.
 */
public final class PolicyChecker {

  private PolicyChecker() {}

  /**
   * All findings, in the order of the text; none when the document is sound. Stateless, and bounded
   * in time and memory whatever the text.
   */
  public static List<PolicyFinding> check(String document, PolicyTarget target) {
    SourceText source = new SourceText(document);
    if (document.length() > PolicyParser.LARGEST) {
      // What is longer than any policy can be is not read.
      Findings findings = new Findings(source, true);
      PolicySize.checkUnread(source, target, findings);
      return findings.inOrder();
    }
    JsonReader.Reading reading = JsonReader.read(document);
    Findings findings = new Findings(source, !reading.errors().isEmpty());
    reading.errors().forEach(error -> report(error, source, findings));
    DocumentChecks.check(Place.root(reading.root()), target, findings);
    return findings.inOrder();
  }

  private static void report(JsonReader.SyntaxError error, SourceText source, Findings findings) {
    Position position = source.position(error.offset());
    findings.add(
        PolicyIssue.JSON_SYNTAX_ERROR,
        List.of(
            new Location(
                List.of(),
                source.span(error.offset(), Math.min(error.offset() + 1, source.length())))),
        "index",
        Integer.toString(position.offset()),
        "line",
        Integer.toString(position.line()),
        "column",
        Integer.toString(position.column()));
  }
}
