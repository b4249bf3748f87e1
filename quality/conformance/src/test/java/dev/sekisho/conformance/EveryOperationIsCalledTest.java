package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.sekisho.contract.Operation;
import dev.sekisho.contract.ServiceModel;
import dev.sekisho.contract.accessanalyzer.AccessAnalyzerModel;
import dev.sekisho.contract.acm.AcmModel;
import dev.sekisho.contract.acmpca.AcmPcaModel;
import dev.sekisho.contract.cloudtrail.CloudTrailModel;
import dev.sekisho.contract.ec2.Ec2Model;
import dev.sekisho.contract.iam.IamModel;
import dev.sekisho.contract.kms.KmsModel;
import dev.sekisho.contract.organizations.OrganizationsModel;
import dev.sekisho.contract.s3.S3Model;
import dev.sekisho.contract.secretsmanager.SecretsManagerModel;
import dev.sekisho.contract.sts.StsModel;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.accessanalyzer.AccessAnalyzerClient;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acmpca.AcmPcaClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;

/** No operation is served that no test here calls with AWS's own client. */
class EveryOperationIsCalledTest {

  private static final JavaClasses TESTS = tests();

  /** The tests' own classes; to look into all they use, AWS's SDK with it, takes half a minute. */
  private static JavaClasses tests() {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    try {
      return new ClassFileImporter()
          .importPackages(EveryOperationIsCalledTest.class.getPackageName());
    } finally {
      ArchConfiguration.get().reset();
    }
  }

  /**
   * A service and its client.
   *
   * @param unknown served operations that the client is too old for; they are called as bytes
   */
  private record Served(ServiceModel<?> service, Class<?> client, Set<String> unknown) {
    @Override
    public String toString() {
      return service.id();
    }
  }

  static Stream<Served> services() {
    return Stream.of(
        new Served(AccessAnalyzerModel.SERVICE, AccessAnalyzerClient.class, Set.of()),
        new Served(
            AcmModel.SERVICE,
            AcmClient.class,
            Set.of("SearchCertificates", "TagResource", "UntagResource", "ListTagsForResource")),
        new Served(AcmPcaModel.SERVICE, AcmPcaClient.class, Set.of()),
        new Served(CloudTrailModel.SERVICE, CloudTrailClient.class, Set.of()),
        new Served(Ec2Model.SERVICE, Ec2Client.class, Set.of()),
        new Served(IamModel.SERVICE, IamClient.class, Set.of()),
        new Served(
            KmsModel.SERVICE,
            KmsClient.class,
            Set.of("Decapsulate", "Encapsulate", "GetKeyLastUsage")),
        new Served(OrganizationsModel.SERVICE, OrganizationsClient.class, Set.of()),
        new Served(S3Model.SERVICE, S3Client.class, Set.of()),
        new Served(SecretsManagerModel.SERVICE, SecretsManagerClient.class, Set.of()),
        new Served(StsModel.SERVICE, StsClient.class, Set.of()));
  }

  private static String method(Operation<?, ?, ?> operation) {
    return operation.name().toLowerCase(Locale.ROOT);
  }

  /** The methods of the client that any test calls; pages are calls of what they are pages of. */
  private static Set<String> called(Class<?> client) {
    return TESTS.stream()
        .flatMap(each -> each.getAccessesFromSelf().stream())
        .filter(access -> access.getTargetOwner().isEquivalentTo(client))
        .map(access -> access.getTarget().getName().replaceFirst("Paginator$", ""))
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyServedOperationIsCalledByATest(Served served) {
    Set<String> called = called(served.client());
    Set<String> never = new TreeSet<>();
    for (Operation<?, ?, ?> operation : served.service().operations().values()) {
      if (!called.contains(method(operation)) && !served.unknown().contains(operation.name())) {
        never.add(operation.name());
      }
    }
    assertThat(never).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("services")
  void onlyWhatTheClientLacksIsLeftOut(Served served) {
    List<String> methods =
        Arrays.stream(served.client().getMethods()).map(Method::getName).toList();
    for (String name : served.unknown()) {
      assertThat(methods)
          .as("%s can be called by the client now", name)
          .noneMatch(name::equalsIgnoreCase);
    }
  }

  @Test
  void theCallsAreSeen() {
    assertThat(called(StsClient.class)).contains("getcalleridentity", "assumerole");
    assertThat(called(IamClient.class))
        .contains("simulatecustompolicy")
        .doesNotContain("getdelegationrequest");
  }
}
