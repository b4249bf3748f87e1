package dev.sekisho.iam;

import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.core.OrganizationDirectory;
import java.util.function.UnaryOperator;

/** IAM: one class per family of operations; the contract's list says which is in which. */
public final class IamService {

  private IamService() {}

  /**
   * IAM.
   *
   * @param servers shows the certificates of OpenID Connect issuers
   * @param organizations says whose organization an account is in
   * @param issuers the URL at which an account's tokens can be verified, by the issuer's id
   */
  public static IamApi on(
      IamContext iam,
      IssuerServers servers,
      OrganizationDirectory organizations,
      UnaryOperator<String> issuers) {
    return new IamApi(
        new AccessKeys(iam),
        new AccessReports(iam),
        new AccountSettings(iam),
        new AttachedPolicies(iam),
        new AuthorizationDetails(iam),
        new Boundaries(iam),
        new CredentialReports(iam),
        new Groups(iam),
        new InlinePolicies(iam),
        new InstanceProfiles(iam),
        new LoginProfiles(iam),
        new ManagedPolicies(iam),
        new MfaDevices(iam),
        new OpenIdConnectProviders(iam, servers),
        new OrganizationsFeatures(iam, organizations),
        new OutboundFederation(iam, issuers),
        new PasswordPolicies(iam),
        new PolicySimulator(iam, organizations),
        new PolicyVersions(iam),
        new Roles(iam),
        new SamlProviders(iam),
        new ServerCertificates(iam),
        new ServiceLinkedRoles(iam),
        new ServiceSpecificCredentials(iam),
        new SigningCertificates(iam),
        new SshPublicKeys(iam),
        new Tagging(iam),
        new Users(iam),
        new VirtualMfaDevices(iam));
  }
}
