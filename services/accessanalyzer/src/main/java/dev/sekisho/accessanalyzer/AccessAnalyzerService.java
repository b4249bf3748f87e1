package dev.sekisho.accessanalyzer;

import dev.sekisho.contract.accessanalyzer.AccessAnalyzerApi;
import dev.sekisho.contract.accessanalyzer.ValidatePolicyRequest;
import dev.sekisho.contract.accessanalyzer.ValidatePolicyResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;

/** Access Analyzer's operations, one line each. */
public final class AccessAnalyzerService implements AccessAnalyzerApi {

  @Override
  public Guarded<ValidatePolicyResponse> validatePolicy(Call<ValidatePolicyRequest> call) {
    return ValidatePolicy.handle(call);
  }
}
