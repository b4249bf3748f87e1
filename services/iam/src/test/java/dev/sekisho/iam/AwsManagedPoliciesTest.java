package dev.sekisho.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.policy.PolicyKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each policy that comes with Sekisho is one, and says what AWS's of that name is for. */
class AwsManagedPoliciesTest {

  @ParameterizedTest
  @MethodSource("listed")
  void everyVersionIsAPolicyWithinTheQuota(ManagedPolicy policy) {
    List<ManagedPolicy.Version> versions = AwsManagedPolicies.versions(policy);

    assertThat(versions).hasSize(policy.defaultVersion());
    assertThat(versions.getFirst().createdAt()).isEqualTo(policy.updatedAt());
    for (ManagedPolicy.Version version : versions) {
      Documents.check(version.document(), PolicyKind.IDENTITY);
      assertThat(Documents.size(version.document())).isLessThanOrEqualTo(6_144);
      assertThat(version.document())
          .as("only policies of services that are not here lack a document")
          .satisfies(document ->
              assertThat(document.contains("SekishoHasNoDocument"))
                  .isEqualTo(policy.path().equals(ServiceLinkedRoleTemplate.PATH)));
    }
  }

  static List<ManagedPolicy> listed() {
    return AwsManagedPolicies.all();
  }

  @Test
  void idsAndNamesAreEachOnlyOnce() {
    Set<String> ids = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (ManagedPolicy policy : AwsManagedPolicies.all()) {
      assertThat(ids.add(policy.id())).as(policy.name()).isTrue();
      assertThat(names.add(policy.name())).as(policy.name()).isTrue();
    }
  }

  @Test
  void jobFunctionsAreAtTheirPaths() {
    for (String name :
        List.of(
            "job-function/Billing",
            "job-function/DatabaseAdministrator",
            "job-function/DataScientist",
            "job-function/NetworkAdministrator",
            "job-function/SupportUser",
            "job-function/SystemAdministrator",
            "job-function/ViewOnlyAccess",
            "AdministratorAccess",
            "PowerUserAccess",
            "SecurityAudit")) {
      assertThat(AwsManagedPolicies.find(AwsManagedPolicies.ARN_PREFIX + name))
          .as(name)
          .isPresent();
    }
  }

  @Test
  void policyThatGrewKeepsItsEarlierVersion() {
    ManagedPolicy audit =
        AwsManagedPolicies.find(AwsManagedPolicies.ARN_PREFIX + "SecurityAudit").orElseThrow();

    assertThat(audit.defaultVersionId()).isEqualTo("v2");
    assertThat(AwsManagedPolicies.versions(audit))
        .extracting(ManagedPolicy.Version::id)
        .containsExactly("v2", "v1");
  }
}
