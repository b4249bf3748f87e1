package dev.sekisho.sts;

import dev.sekisho.contract.sts.AssumeRoleRequest;
import dev.sekisho.contract.sts.AssumeRoleResponse;
import dev.sekisho.contract.sts.AssumeRoleWithSAMLRequest;
import dev.sekisho.contract.sts.AssumeRoleWithSAMLResponse;
import dev.sekisho.contract.sts.AssumeRoleWithWebIdentityRequest;
import dev.sekisho.contract.sts.AssumeRoleWithWebIdentityResponse;
import dev.sekisho.contract.sts.DecodeAuthorizationMessageRequest;
import dev.sekisho.contract.sts.DecodeAuthorizationMessageResponse;
import dev.sekisho.contract.sts.GetAccessKeyInfoRequest;
import dev.sekisho.contract.sts.GetAccessKeyInfoResponse;
import dev.sekisho.contract.sts.GetCallerIdentityRequest;
import dev.sekisho.contract.sts.GetCallerIdentityResponse;
import dev.sekisho.contract.sts.GetFederationTokenRequest;
import dev.sekisho.contract.sts.GetFederationTokenResponse;
import dev.sekisho.contract.sts.GetSessionTokenRequest;
import dev.sekisho.contract.sts.GetSessionTokenResponse;
import dev.sekisho.contract.sts.StsApi;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;

/** STS's operations, one line each. */
public final class StsService implements StsApi {

  private final AssumeRole assumeRole;
  private final GetSessionToken getSessionToken;
  private final AssumeRoleWithSaml assumeRoleWithSaml;
  private final AssumeRoleWithWebIdentity assumeRoleWithWebIdentity;
  private final DecodeAuthorizationMessage decodeAuthorizationMessage;
  private final GetAccessKeyInfo getAccessKeyInfo;
  private final GetFederationToken getFederationToken;

  public StsService(StsContext sts, Sessions sessions) {
    SecondFactor factor = new SecondFactor(sts.mfa());
    this.assumeRole = new AssumeRole(sts.roles(), factor, sessions);
    this.getSessionToken = new GetSessionToken(factor, sessions);
    FederatedSessions federated = new FederatedSessions(sts.roles(), sessions);
    this.assumeRoleWithSaml = new AssumeRoleWithSaml(sts.providers(), federated);
    this.assumeRoleWithWebIdentity =
        new AssumeRoleWithWebIdentity(
            sts.providers(), new VerificationKeys(sts.connections(), sts.clock()), federated);
    this.decodeAuthorizationMessage = new DecodeAuthorizationMessage(sts.messages());
    this.getAccessKeyInfo = new GetAccessKeyInfo(sts.keys());
    this.getFederationToken = new GetFederationToken(sessions);
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

  @Override
  public Guarded<AssumeRoleWithSAMLResponse> assumeRoleWithSAML(
      Call<AssumeRoleWithSAMLRequest> call) {
    return assumeRoleWithSaml.handle(call);
  }

  @Override
  public Guarded<AssumeRoleWithWebIdentityResponse> assumeRoleWithWebIdentity(
      Call<AssumeRoleWithWebIdentityRequest> call) {
    return assumeRoleWithWebIdentity.handle(call);
  }

  @Override
  public Guarded<DecodeAuthorizationMessageResponse> decodeAuthorizationMessage(
      Call<DecodeAuthorizationMessageRequest> call) {
    return decodeAuthorizationMessage.handle(call);
  }

  @Override
  public Guarded<GetAccessKeyInfoResponse> getAccessKeyInfo(Call<GetAccessKeyInfoRequest> call) {
    return getAccessKeyInfo.handle(call);
  }

  @Override
  public Guarded<GetFederationTokenResponse> getFederationToken(
      Call<GetFederationTokenRequest> call) {
    return getFederationToken.handle(call);
  }
}
