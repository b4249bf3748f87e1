package dev.sekisho.sts;

import dev.sekisho.contract.sts.GetCallerIdentityRequest;
import dev.sekisho.contract.sts.GetCallerIdentityResponse;
import dev.sekisho.contract.sts.StsApi;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;

/** STS's operations, one line each. */
public final class StsService implements StsApi {

  @Override
  public Guarded<GetCallerIdentityResponse> getCallerIdentity(Call<GetCallerIdentityRequest> call) {
    return GetCallerIdentity.handle(call);
  }
}
