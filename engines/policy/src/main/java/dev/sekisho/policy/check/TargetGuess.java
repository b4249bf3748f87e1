package dev.sekisho.policy.check;

import java.util.List;

/** What a document seems to be written for, where nobody says it. */
public final class TargetGuess {

  private TargetGuess() {}

  /**
   * A policy that names principals is a resource's, any other an identity's; nothing in them tells
   * control policies from these. A role's trust policy is told from other resources' when checked.
   */
  public static PolicyTarget of(String document) {
    if (document.length() > dev.sekisho.policy.PolicyParser.LARGEST) {
      return PolicyTarget.IDENTITY;
    }
    Place statement = Place.root(JsonReader.read(document).root()).member("Statement");
    List<Place> statements = statement == null ? List.of() : statement.values();
    boolean named =
        statements.stream()
            .anyMatch(
                each -> each.member("Principal") != null || each.member("NotPrincipal") != null);
    return named ? PolicyTarget.RESOURCE : PolicyTarget.IDENTITY;
  }
}
