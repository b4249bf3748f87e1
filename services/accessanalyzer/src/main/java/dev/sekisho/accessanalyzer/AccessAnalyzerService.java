package dev.sekisho.accessanalyzer;

import dev.sekisho.contract.accessanalyzer.AccessAnalyzerApi;
import dev.sekisho.contract.accessanalyzer.ValidatePolicyRequest;
import dev.sekisho.contract.accessanalyzer.ValidatePolicyResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.crypto.PageTokens;

/** Access Analyzer's operations, one line each. */
public final class AccessAnalyzerService implements AccessAnalyzerApi {

  private final ValidatePolicy validatePolicy;

  public AccessAnalyzerService(PageTokens pages) {
    this.validatePolicy = new ValidatePolicy(pages);
  }

  @Override
  public Guarded<ValidatePolicyResponse> validatePolicy(Call<ValidatePolicyRequest> call) {
    return validatePolicy.handle(call);
  }
}
