package dev.sekisho.accessanalyzer;

import dev.sekisho.contract.accessanalyzer.Location;
import dev.sekisho.contract.accessanalyzer.Position;
import dev.sekisho.contract.accessanalyzer.Span;
import dev.sekisho.contract.accessanalyzer.ValidatePolicyFinding;
import dev.sekisho.contract.accessanalyzer.ValidatePolicyRequest;
import dev.sekisho.contract.accessanalyzer.ValidatePolicyResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.policy.MalformedPolicyException;
import dev.sekisho.policy.PolicyKind;
import dev.sekisho.policy.PolicyValidator;
import java.util.List;
import java.util.Objects;

/** Reports what the policy engine finds wrong with a document: one error at present, the first. */
final class ValidatePolicy {

  private static final String LEARN_MORE =
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/"
          + "access-analyzer-reference-policy-checks.html"
          + "#access-analyzer-reference-policy-checks-error-";

  private ValidatePolicy() {}

  static Guarded<ValidatePolicyResponse> handle(Call<ValidatePolicyRequest> call) {
    return Guarded.by(
        AccessCheck.of("access-analyzer:ValidatePolicy", "*"),
        _ ->
            Outcome.answer(
                ValidatePolicyResponse.builder().findings(findings(call.input())).build()));
  }

  private static List<ValidatePolicyFinding> findings(ValidatePolicyRequest input) {
    try {
      PolicyValidator.check(input.policyDocument(), kind(input));
      return List.of();
    } catch (MalformedPolicyException malformed) {
      return List.of(finding(input.policyDocument(), malformed));
    }
  }

  private static PolicyKind kind(ValidatePolicyRequest input) {
    return switch (input.policyType()) {
      case "IDENTITY_POLICY" -> PolicyKind.IDENTITY;
      case "RESOURCE_POLICY" ->
          switch (Objects.requireNonNullElse(input.validatePolicyResourceType(), "")) {
            case "AWS::IAM::AssumeRolePolicyDocument" -> PolicyKind.TRUST;
            default -> PolicyKind.RESOURCE;
          };
      default ->
          throw new ServiceException(
              "NotImplemented",
              501,
              "Sekisho does not yet implement access-analyzer:ValidatePolicy for policyType "
                  + input.policyType());
    };
  }

  private static ValidatePolicyFinding finding(
      String document, MalformedPolicyException malformed) {
    Position start = position(document, malformed.line(), malformed.column());
    Position end =
        Position.builder()
            .line(start.line())
            .column(start.column() + 1)
            .offset(Math.min(start.offset() + 1, document.length()))
            .build();
    return ValidatePolicyFinding.builder()
        .findingType("ERROR")
        .issueCode(malformed.issue().name())
        .findingDetails(malformed.message())
        .learnMoreLink(LEARN_MORE + malformed.issue().anchor())
        .locations(
            List.of(
                Location.builder()
                    .path(List.of())
                    .span(Span.builder().start(start).end(end).build())
                    .build()))
        .build();
  }

  /** Lines count from 1, columns and offsets from 0. */
  private static Position position(String document, int line, int column) {
    int offset = 0;
    for (int passed = 1; passed < line; passed++) {
      offset = document.indexOf('\n', offset) + 1;
    }
    return Position.builder()
        .line(line)
        .column(column - 1)
        .offset(Math.min(offset + column - 1, document.length()))
        .build();
  }
}
