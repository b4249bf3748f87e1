package dev.sekisho.iam;

import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.core.OrganizationDirectory;

/** IAM: one class per family of operations; the contract's list says which is in which. */
public final class IamService {

  private IamService() {}

  /** IAM of an installation that calls nobody. */
  public static IamApi on(IamContext iam) {
    return on(iam, IssuerServers.NONE, OrganizationDirectory.NONE);
  }

  /**
   * IAM.
   *
   * @param servers shows the certificates of OpenID Connect issuers
   * @param organizations says whose organization an account is in
   */
  public static IamApi on(
      IamContext iam, IssuerServers servers, OrganizationDirectory organizations) {
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
