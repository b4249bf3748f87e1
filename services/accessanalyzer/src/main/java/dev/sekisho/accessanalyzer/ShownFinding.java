package dev.sekisho.accessanalyzer;

import dev.sekisho.contract.accessanalyzer.Location;
import dev.sekisho.contract.accessanalyzer.PathElement;
import dev.sekisho.contract.accessanalyzer.Position;
import dev.sekisho.contract.accessanalyzer.Span;
import dev.sekisho.contract.accessanalyzer.Substring;
import dev.sekisho.contract.accessanalyzer.ValidatePolicyFinding;
import dev.sekisho.policy.check.FindingLanguage;
import dev.sekisho.policy.check.PolicyFinding;

/** A finding in the API's shapes. */
final class ShownFinding {

  private ShownFinding() {}

  static ValidatePolicyFinding of(PolicyFinding finding, FindingLanguage language) {
    return ValidatePolicyFinding.builder()
        .findingType(finding.type().name())
        .issueCode(finding.issue().name())
        .findingDetails(finding.details(language))
        .learnMoreLink(finding.issue().learnMoreLink())
        .locations(finding.locations().stream().map(ShownFinding::location).toList())
        .build();
  }

  private static Location location(dev.sekisho.policy.check.Location location) {
    return Location.builder()
        .path(location.path().stream().map(ShownFinding::element).toList())
        .span(
            Span.builder()
                .start(position(location.span().start()))
                .end(position(location.span().end()))
                .build())
        .build();
  }

  private static PathElement element(dev.sekisho.policy.check.PathElement element) {
    return switch (element) {
      case dev.sekisho.policy.check.PathElement.Key key ->
          PathElement.builder().key(key.name()).build();
      case dev.sekisho.policy.check.PathElement.Value value ->
          PathElement.builder().value(value.name()).build();
      case dev.sekisho.policy.check.PathElement.Index index ->
          PathElement.builder().index(index.index()).build();
      case dev.sekisho.policy.check.PathElement.Substring part ->
          PathElement.builder()
              .substring(Substring.builder().start(part.start()).length(part.length()).build())
              .build();
    };
  }

  private static Position position(dev.sekisho.policy.check.Position position) {
    return Position.builder()
        .line(position.line())
        .column(position.column())
        .offset(position.offset())
        .build();
  }
}
