package dev.sekisho.policy.check;

import dev.sekisho.policy.PolicyIssue;
import dev.sekisho.policy.check.StatementView.Listed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What could be left out without a change: actions and resources that others cover, and statements
 * said twice.
 */
final class Redundancies {

  /**
   * Steps spent on comparing each with each; a document that needs more is judged as far as that
   * goes.
   */
  private static final long MOST_STEPS = 20_000_000;

  private long steps = MOST_STEPS;

  private Redundancies() {}

  static void check(List<StatementView> statements, Findings findings) {
    Redundancies redundancies = new Redundancies();
    for (StatementView statement : statements) {
      redundancies.actions(statement.actions(), findings);
      redundancies.resources(statement.resources(), findings);
    }
    statements(statements, findings);
  }

  private void actions(@Nullable Listed actions, Findings findings) {
    List<Place> redundant = covered(actions, true);
    if (!redundant.isEmpty()) {
      findings.atAll(
          redundant,
          PolicyIssue.REDUNDANT_ACTION,
          "redundantActionCount",
          Integer.toString(redundant.size()),
          "redundantAction",
          String.valueOf(redundant.getFirst().text()));
    }
  }

  private void resources(@Nullable Listed resources, Findings findings) {
    List<Place> redundant = covered(resources, false);
    if (!redundant.isEmpty()) {
      findings.atAll(
          redundant,
          PolicyIssue.REDUNDANT_RESOURCE,
          "redundantResourceCount",
          Integer.toString(redundant.size()));
    }
  }

  /** Those values that another one covers; of two that are the same, the later. */
  private List<Place> covered(@Nullable Listed listed, boolean ignoringCase) {
    List<Place> covered = new ArrayList<>();
    if (listed == null || listed.values().size() < 2) {
      return covered;
    }
    Map<String, Place> first = new HashMap<>();
    List<Place> open = new ArrayList<>();
    for (Place value : listed.values()) {
      String text = fold(value, ignoringCase);
      if (first.putIfAbsent(text, value) != null) {
        covered.add(value);
      } else if (text.indexOf('*') >= 0 || text.indexOf('?') >= 0) {
        open.add(value);
      }
    }
    for (Map.Entry<String, Place> each : first.entrySet()) {
      for (Place wide : open) {
        String pattern = fold(wide, ignoringCase);
        steps -= (long) pattern.length() + each.getKey().length();
        if (steps < 0) {
          break;
        }
        if (!pattern.equals(each.getKey()) && covers(pattern, each.getKey())) {
          covered.add(each.getValue());
          break;
        }
      }
    }
    covered.sort(java.util.Comparator.comparingInt(place -> place.value().start()));
    return covered;
  }

  /** Long patterns with many stars cost more than their length; their price is paid beforehand. */
  private boolean covers(String pattern, String text) {
    if (pattern.indexOf('*') != pattern.lastIndexOf('*')) {
      steps -= (long) pattern.length() * text.length();
      if (steps < 0) {
        return false;
      }
    }
    return Patterns.covers(pattern, text, false);
  }

  private static String fold(Place value, boolean ignoringCase) {
    String text = String.valueOf(value.text());
    return ignoringCase ? text.toLowerCase(Locale.ROOT) : text;
  }

  private static void statements(List<StatementView> statements, Findings findings) {
    Map<String, Place> first = new HashMap<>();
    for (StatementView statement : statements) {
      String said = said(statement.place().value(), true);
      Place same = first.putIfAbsent(said, statement.place());
      if (same != null) {
        findings.atAll(List.of(same, statement.place()), PolicyIssue.REDUNDANT_STATEMENT);
      }
    }
  }

  /** The value written out in one way, without the statement's id. */
  private static String said(Json value, boolean statement) {
    return switch (value) {
      case Json.Text text -> '"' + text.value().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
      case Json.Scalar scalar -> scalar.text();
      case Json.Null _ -> "null";
      // What could not be read is like nothing else.
      case Json.Broken broken -> "?" + broken.start();
      case Json.Items items ->
          items.values().size() == 1
              ? said(items.values().getFirst(), false)
              : String.join(
                  ",", items.values().stream().map(item -> said(item, false)).sorted().toList());
      case Json.Members members ->
          "{"
              + String.join(
                  ";",
                  members.values().stream()
                      .filter(member -> !statement || !member.name().value().equals("Sid"))
                      .map(m -> said(m.name(), false) + ":" + said(m.value(), false))
                      .sorted()
                      .toList())
              + "}";
    };
  }
}
