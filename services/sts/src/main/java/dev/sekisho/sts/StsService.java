package dev.sekisho.sts;

import dev.sekisho.contract.sts.StsApi;

/** STS: one class an operation. */
public final class StsService {

  private StsService() {}

  public static StsApi on(StsContext sts, Sessions sessions) {
    SecondFactor factor = new SecondFactor(sts.mfa());
    FederatedSessions federated = new FederatedSessions(sts.roles(), sessions);
    return new StsApi(
        new AssumeRole(sts.roles(), factor, sessions),
        new AssumeRoleWithSaml(sts.providers(), federated),
        new AssumeRoleWithWebIdentity(
            sts.providers(), new VerificationKeys(sts.connections(), sts.clock()), federated),
        new AssumeRoot(sts.roots(), sessions),
        new DecodeAuthorizationMessage(sts.messages()),
        new GetAccessKeyInfo(sts.keys()),
        new GetCallerIdentity(),
        new GetFederationToken(sessions),
        new GetSessionToken(factor, sessions),
        new GetWebIdentityToken(sts.tokens(), sts.organizations(), sts.randomness()));
  }
}
