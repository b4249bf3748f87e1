package dev.sekisho.sts;

import dev.sekisho.contract.sts.GetCallerIdentityRequest;
import dev.sekisho.contract.sts.GetCallerIdentityResponse;
import dev.sekisho.contract.sts.StsApi;
import dev.sekisho.core.Access;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Principal;

/** Says who the caller is. No policy can forbid it. */
final class GetCallerIdentity implements StsApi.GetCallerIdentity {

  @Override
  public Guarded<GetCallerIdentityResponse> getCallerIdentity(Call<GetCallerIdentityRequest> call) {
    return Guarded.by(
        new Access.Open("GetCallerIdentity is allowed to whoever signs well, even under a deny"),
        _ -> {
          Principal principal = call.context().caller().principal();
          return Outcome.answer(
              GetCallerIdentityResponse.builder()
                  .userId(principal.userId())
                  .account(call.account().value())
                  .arn(String.valueOf(principal.arn()))
                  .build());
        });
  }
}
