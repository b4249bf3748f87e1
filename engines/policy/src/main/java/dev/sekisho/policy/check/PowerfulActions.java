package dev.sekisho.policy.check;

import dev.sekisho.policy.PolicyIssue;
import dev.sekisho.policy.check.StatementView.Listed;
import java.util.ArrayList;
import java.util.List;

/** Two actions that give away more than they seem to: passing roles and making linked ones. */
enum PowerfulActions {
  PASS_ROLE(
      "iam:PassRole",
      "iam:PassedToService",
      PolicyIssue.PASS_ROLE_WITH_NOT_RESOURCE,
      PolicyIssue.PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE,
      PolicyIssue.PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE,
      PolicyIssue.PASS_ROLE_WITH_STAR_IN_RESOURCE,
      PolicyIssue.PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE,
      PolicyIssue.PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION),
  CREATE_SERVICE_LINKED_ROLE(
      "iam:CreateServiceLinkedRole",
      "iam:AWSServiceName",
      PolicyIssue.CREATE_SLR_WITH_NOT_RESOURCE,
      PolicyIssue.CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE,
      PolicyIssue.CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE,
      PolicyIssue.CREATE_SLR_WITH_STAR_IN_RESOURCE,
      PolicyIssue.CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE,
      PolicyIssue.CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION);

  private final String action;
  private final String limitingKey;
  private final PolicyIssue notResource;
  private final PolicyIssue starActionNotResource;
  private final PolicyIssue notActionNotResource;
  private final PolicyIssue starResource;
  private final PolicyIssue starActionStarResource;
  private final PolicyIssue notActionStarResource;

  PowerfulActions(
      String action,
      String limitingKey,
      PolicyIssue notResource,
      PolicyIssue starActionNotResource,
      PolicyIssue notActionNotResource,
      PolicyIssue starResource,
      PolicyIssue starActionStarResource,
      PolicyIssue notActionStarResource) {
    this.action = action;
    this.limitingKey = limitingKey;
    this.notResource = notResource;
    this.starActionNotResource = starActionNotResource;
    this.notActionNotResource = notActionNotResource;
    this.starResource = starResource;
    this.starActionStarResource = starActionStarResource;
    this.notActionStarResource = notActionStarResource;
  }

  static void check(StatementView statement, Findings findings) {
    if (statement.allows()) {
      for (PowerfulActions powerful : values()) {
        powerful.checkOne(statement, findings);
      }
    }
  }

  private void checkOne(StatementView statement, Findings findings) {
    Listed actions = statement.actions();
    Listed resources = statement.resources();
    if (actions == null || resources == null || statement.hasCondition(limitingKey)) {
      return;
    }
    List<Place> covering =
        actions.values().stream()
            .filter(a -> Patterns.covers(String.valueOf(a.text()), action, true))
            .toList();
    List<Place> wide =
        resources.negated()
            ? List.of(resources.element())
            : resources.values().stream().filter(PowerfulActions::isEveryRole).toList();
    if (wide.isEmpty() || actions.values().isEmpty() || actions.negated() != covering.isEmpty()) {
      return;
    }
    boolean named =
        covering.stream().anyMatch(a -> action.equalsIgnoreCase(String.valueOf(a.text())));
    List<Place> places = new ArrayList<>(actions.negated() ? List.of(actions.element()) : covering);
    places.addAll(wide);
    findings.atAll(places, issue(actions.negated(), named, resources.negated()));
  }

  private PolicyIssue issue(boolean notAction, boolean named, boolean negatedResource) {
    if (notAction) {
      return negatedResource ? notActionNotResource : notActionStarResource;
    }
    if (named) {
      return negatedResource ? notResource : starResource;
    }
    return negatedResource ? starActionNotResource : starActionStarResource;
  }

  /** Whether the pattern leaves the role's name wholly open. */
  private static boolean isEveryRole(Place resource) {
    String text = String.valueOf(resource.text());
    String[] fields = text.split(":", 6);
    return Patterns.covers(text, "arn:aws:iam::000000000000:role/*", false)
        || (fields.length == 6
            && (fields[2].equals("iam") || fields[2].equals("*"))
            && (fields[5].equals("*") || fields[5].equals("role/*")));
  }
}
