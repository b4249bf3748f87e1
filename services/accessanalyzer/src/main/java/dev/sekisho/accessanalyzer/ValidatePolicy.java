package dev.sekisho.accessanalyzer;

import dev.sekisho.contract.accessanalyzer.ValidatePolicyRequest;
import dev.sekisho.contract.accessanalyzer.ValidatePolicyResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.PageTokens;
import dev.sekisho.policy.check.FindingLanguage;
import dev.sekisho.policy.check.PolicyChecker;
import dev.sekisho.policy.check.PolicyFinding;
import dev.sekisho.policy.check.PolicyTarget;
import java.util.List;

/** Reports what the policy engine finds wrong with a document, page by page. */
final class ValidatePolicy {

  private static final int USUAL_PAGE = 100;

  private final PageTokens pages;

  ValidatePolicy(PageTokens pages) {
    this.pages = pages;
  }

  Guarded<ValidatePolicyResponse> handle(Call<ValidatePolicyRequest> call) {
    return Guarded.by(
        AccessCheck.of("access-analyzer:ValidatePolicy", "*"), _ -> Outcome.answer(answer(call)));
  }

  private ValidatePolicyResponse answer(Call<ValidatePolicyRequest> call) {
    ValidatePolicyRequest input = call.input();
    Integer maxResults = input.maxResults();
    int limit = maxResults == null ? USUAL_PAGE : maxResults;
    if (limit < 1) {
      throw invalid("maxResults must be at least 1.");
    }
    // The findings follow from the document alone, so a page needs nothing kept between calls.
    List<PolicyFinding> findings = PolicyChecker.check(input.policyDocument(), target(input));
    String scope = "ValidatePolicy/" + call.account() + '/' + input.policyDocument().hashCode();
    int from = Math.min(from(input, scope), findings.size());
    int to = (int) Math.min((long) from + limit, findings.size());
    FindingLanguage language =
        "JA".equals(input.locale()) ? FindingLanguage.JAPANESE : FindingLanguage.ENGLISH;
    return ValidatePolicyResponse.builder()
        .findings(
            findings.subList(from, to).stream()
                .map(finding -> ShownFinding.of(finding, language))
                .toList())
        .nextToken(to < findings.size() ? pages.seal(scope, Integer.toString(to)) : null)
        .build();
  }

  private int from(ValidatePolicyRequest input, String scope) {
    String token = input.nextToken();
    if (token == null) {
      return 0;
    }
    try {
      return Integer.parseInt(pages.open(scope, token));
    } catch (CryptoException foreign) {
      throw invalid("Invalid nextToken.");
    }
  }

  private static PolicyTarget target(ValidatePolicyRequest input) {
    String resourceType = input.validatePolicyResourceType();
    PolicyTarget.Kind kind = PolicyTarget.Kind.valueOf(input.policyType());
    if (resourceType == null) {
      return new PolicyTarget(kind, null);
    }
    if (kind != PolicyTarget.Kind.RESOURCE_POLICY) {
      throw invalid(
          "validatePolicyResourceType can be given only with the policyType RESOURCE_POLICY.");
    }
    return new PolicyTarget(kind, PolicyTarget.ResourceType.named(resourceType));
  }

  private static ServiceException invalid(String message) {
    return new ServiceException("ValidationException", 400, message);
  }
}
