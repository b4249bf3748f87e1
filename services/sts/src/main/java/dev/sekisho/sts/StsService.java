package dev.sekisho.sts;

import dev.sekisho.contract.sts.AssumeRoleRequest;
import dev.sekisho.contract.sts.AssumeRoleResponse;
import dev.sekisho.contract.sts.GetCallerIdentityRequest;
import dev.sekisho.contract.sts.GetCallerIdentityResponse;
import dev.sekisho.contract.sts.GetSessionTokenRequest;
import dev.sekisho.contract.sts.GetSessionTokenResponse;
import dev.sekisho.contract.sts.StsApi;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.MfaVerifier;
import dev.sekisho.core.RoleDirectory;

/** STS's operations, one line each. */
public final class StsService implements StsApi {

  private final AssumeRole assumeRole;
  private final GetSessionToken getSessionToken;

  public StsService(RoleDirectory roles, MfaVerifier mfa, Sessions sessions) {
    SecondFactor factor = new SecondFactor(mfa);
    this.assumeRole = new AssumeRole(roles, factor, sessions);
    this.getSessionToken = new GetSessionToken(factor, sessions);
  }

  @Override
  public Guarded<AssumeRoleResponse> assumeRole(Call<AssumeRoleRequest> call) {
    return assumeRole.handle(call);
  }

  @Override
  public Guarded<GetCallerIdentityResponse> getCallerIdentity(Call<GetCallerIdentityRequest> call) {
    return GetCallerIdentity.handle(call);
  }

  @Override
  public Guarded<GetSessionTokenResponse> getSessionToken(Call<GetSessionTokenRequest> call) {
    return getSessionToken.handle(call);
  }
}
