package dev.sekisho.organizations;

import java.util.Set;

/**
 * The services that can work with organizations, by their principals.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services_list.html">Services
 *     that work with Organizations</a>
 */
final class TrustedServices {

  private static final Set<String> PRINCIPALS =
      Set.of(
          "access-analyzer.amazonaws.com",
          "account.amazonaws.com",
          "agentless.inspector2.amazonaws.com",
          "auditmanager.amazonaws.com",
          "aws-artifact-account-sync.amazonaws.com",
          "backup.amazonaws.com",
          "cloudtrail.amazonaws.com",
          "compute-optimizer.amazonaws.com",
          "config-multiaccountsetup.amazonaws.com",
          "config.amazonaws.com",
          "controltower.amazonaws.com",
          "cost-optimization-hub.bcm.amazonaws.com",
          "detective.amazonaws.com",
          "devops-guru.amazonaws.com",
          "ds.amazonaws.com",
          "fms.amazonaws.com",
          "guardduty.amazonaws.com",
          "health.amazonaws.com",
          "iam.amazonaws.com",
          "inspector2.amazonaws.com",
          "ipam.amazonaws.com",
          "license-manager.amazonaws.com",
          "license-manager.member-account.amazonaws.com",
          "macie.amazonaws.com",
          "malware-protection.guardduty.amazonaws.com",
          "member.org.stacksets.cloudformation.amazonaws.com",
          "networkmanager.amazonaws.com",
          "observabilityadmin.amazonaws.com",
          "ram.amazonaws.com",
          "reporting.trustedadvisor.amazonaws.com",
          "resource-explorer-2.amazonaws.com",
          "securityhub.amazonaws.com",
          "securitylake.amazonaws.com",
          "servicecatalog.amazonaws.com",
          "servicequotas.amazonaws.com",
          "ssm.amazonaws.com",
          "sso.amazonaws.com",
          "storage-lens.s3.amazonaws.com",
          "tagpolicies.tag.amazonaws.com",
          "wellarchitected.amazonaws.com");

  private TrustedServices() {}

  static boolean contains(String principal) {
    return PRINCIPALS.contains(principal);
  }
}
