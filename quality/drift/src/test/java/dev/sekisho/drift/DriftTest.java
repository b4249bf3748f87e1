package dev.sekisho.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.HttpBinding;
import dev.sekisho.contract.Operation;
import dev.sekisho.contract.ServiceModel;
import dev.sekisho.contract.accessanalyzer.AccessAnalyzerModel;
import dev.sekisho.contract.acm.AcmModel;
import dev.sekisho.contract.acmpca.AcmPcaModel;
import dev.sekisho.contract.cloudtrail.CloudTrailModel;
import dev.sekisho.contract.ec2.Ec2Model;
import dev.sekisho.contract.gen.SdkOperation;
import dev.sekisho.contract.iam.IamModel;
import dev.sekisho.contract.kms.KmsModel;
import dev.sekisho.contract.organizations.OrganizationsModel;
import dev.sekisho.contract.secretsmanager.SecretsManagerModel;
import dev.sekisho.contract.sts.StsModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.protocols.core.OperationInfo;
import software.amazon.awssdk.services.accessanalyzer.AccessAnalyzerClient;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acmpca.AcmPcaClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The published models are years old; what AWS has added since stands in the overlays, and here is
 * found what they lack.
 */
class DriftTest {

  private record Pair(ServiceModel<?> ours, Class<?> theirs) {
    @Override
    public String toString() {
      return ours.id();
    }
  }

  static Stream<Pair> services() {
    return Stream.of(
        new Pair(AccessAnalyzerModel.SERVICE, AccessAnalyzerClient.class),
        new Pair(AcmModel.SERVICE, AcmClient.class),
        new Pair(AcmPcaModel.SERVICE, AcmPcaClient.class),
        new Pair(CloudTrailModel.SERVICE, CloudTrailClient.class),
        new Pair(Ec2Model.SERVICE, Ec2Client.class),
        new Pair(IamModel.SERVICE, IamClient.class),
        new Pair(KmsModel.SERVICE, KmsClient.class),
        new Pair(OrganizationsModel.SERVICE, OrganizationsClient.class),
        new Pair(SecretsManagerModel.SERVICE, SecretsManagerClient.class),
        new Pair(StsModel.SERVICE, StsClient.class));
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyMemberAndValueOfServedOperationsIsKnown(Pair each)
      throws ReflectiveOperationException, IOException {
    Set<String> missing = differences(each);
    missing.removeAll(leftOut());

    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyOperationIsKnownByNameAndAddress(Pair each) throws ReflectiveOperationException {
    Set<String> missing = new TreeSet<>();
    for (Map.Entry<String, SdkOperation> operation : SdkOperation.of(each.theirs()).entrySet()) {
      String name = operation.getKey();
      Operation<?, ?, ?> served = each.ours().operations().get(name);
      HttpBinding known = served == null ? each.ours().unserved().get(name) : served.http();
      OperationInfo theirs = operation.getValue().info();
      if (known == null
          || !known.method().equals(theirs.httpMethod().name())
          || !withoutEnd(known.uri()).equals(withoutEnd(theirs.requestUri()))) {
        missing.add(name + ' ' + theirs.httpMethod() + ' ' + theirs.requestUri());
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void nothingIsLeftOutThatIsNotMissing() throws ReflectiveOperationException, IOException {
    Set<String> found = new TreeSet<>();
    for (Pair each : services().toList()) {
      found.addAll(differences(each));
    }

    assertThat(found).containsAll(leftOut());
  }

  private static Set<String> differences(Pair each) throws ReflectiveOperationException {
    Comparison comparison = new Comparison(each.ours().id());
    Set<String> unknown = new TreeSet<>();
    Map<String, SdkOperation> client = SdkOperation.of(each.theirs());
    for (Operation<?, ?, ?> operation : each.ours().sorted()) {
      SdkOperation theirs = client.get(operation.name());
      if (theirs == null) {
        unknown.add(each.ours().id() + ' ' + operation.name() + ": not in the client");
      } else {
        comparison.compare(theirs.request(), operation.input());
        comparison.compare(theirs.response(), operation.output());
      }
    }
    unknown.addAll(comparison.missing());
    return unknown;
  }

  private static String withoutEnd(String uri) {
    return uri.length() > 1 && uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
  }

  /** What was looked at and is not served, each with the reason after a hash sign. */
  private static Set<String> leftOut() throws IOException {
    try (InputStream file = DriftTest.class.getResourceAsStream("left-out.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst("\\s*#.*", ""))
          .filter(line -> !line.isBlank())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
