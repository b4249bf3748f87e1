package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.Statement;

/** Simulations through the real port, held against the answers recorded from AWS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IamSimulationTest {

  private static final String ONE_LINE =
      "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Sid\": \"\", \"Effect\": \"Allow\","
          + " \"Action\": \"s3:PutObject\", \"Resource\": \"*\"}]}";
  private static final String CONDITIONAL =
      """
      {"Version":"2012-10-17","Statement":[
       {"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::home/${aws:username}/*",
        "Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}},
       {"Effect":"Deny","Action":"s3:DeleteObject","Resource":"*",
        "Condition":{"Bool":{"aws:MultiFactorAuthPresent":"false"}}}]}\
      """;

  private SekishoInstance sekisho;
  private IamClient iam;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    iam = sekisho.client(IamClient.builder());
  }

  @AfterAll
  void stop() {
    iam.close();
    sekisho.close();
  }

  private static void asRecorded(List<EvaluationResult> results, boolean organization) {
    assertThat(results).hasSize(2);
    EvaluationResult allowed = results.get(0);
    assertThat(allowed.evalActionName()).isEqualTo("s3:PutObject");
    assertThat(allowed.evalResourceName()).isEqualTo("arn:aws:s3:::bucket");
    assertThat(allowed.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
    assertThat(allowed.missingContextValues()).isEmpty();
    Statement matched = allowed.matchedStatements().getFirst();
    assertThat(matched.sourcePolicyTypeAsString()).isEqualTo("IAM Policy");
    assertThat(matched.startPosition().line()).isEqualTo(1);
    assertThat(matched.startPosition().column()).isEqualTo(41);
    assertThat(matched.endPosition().line()).isEqualTo(1);
    assertThat(matched.endPosition().column()).isEqualTo(113);
    assertThat(allowed.resourceSpecificResults())
        .singleElement()
        .satisfies(
            each -> assertThat(each.evalResourceDecision()).isEqualTo(allowed.evalDecision()));
    assertThat(allowed.organizationsDecisionDetail() != null).isEqualTo(organization);
    EvaluationResult denied = results.get(1);
    assertThat(denied.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
    assertThat(denied.matchedStatements()).isEmpty();
  }

  @Test
  void usersGroupsAndRolesAreSimulatedAsRecorded() {
    iam.createUser(r -> r.userName("sim"));
    iam.putUserPolicy(r -> r.userName("sim").policyName("p").policyDocument(ONE_LINE));
    iam.createGroup(r -> r.groupName("sim"));
    iam.putGroupPolicy(r -> r.groupName("sim").policyName("p").policyDocument(ONE_LINE));
    iam.createRole(r ->
        r.roleName("sim")
            .assumeRolePolicyDocument(
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                "Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}\
                """));
    iam.putRolePolicy(r -> r.roleName("sim").policyName("p").policyDocument(ONE_LINE));
    for (String source : List.of("user/sim", "group/sim", "role/sim")) {
      asRecorded(
          iam.simulatePrincipalPolicy(r ->
                  r.policySourceArn("arn:aws:iam::000000000001:" + source)
                      .actionNames("s3:PutObject", "s3:GetObjectVersion")
                      .resourceArns("arn:aws:s3:::bucket"))
              .evaluationResults(),
          true);
    }
    refused(
        "NoSuchEntity",
        404,
        "The user with name nobody cannot be found.",
        () ->
            iam.simulatePrincipalPolicy(r ->
                r.policySourceArn("arn:aws:iam::000000000001:user/nobody")
                    .actionNames("s3:GetObject")));
  }

  @Test
  void policiesOfOnesOwnAreSimulated() {
    asRecorded(
        iam.simulateCustomPolicy(r ->
                r.policyInputList(ONE_LINE)
                    .actionNames("s3:PutObject", "s3:GetObjectVersion")
                    .resourceArns("arn:aws:s3:::bucket"))
            .evaluationResults(),
        false);
  }

  @Test
  void whatIsMissingIsNamedAndWhatIsGivenCounts() {
    EvaluationResult without =
        iam.simulateCustomPolicy(r ->
                r.policyInputList(CONDITIONAL)
                    .callerArn("arn:aws:iam::000000000001:user/bob")
                    .actionNames("s3:DeleteObject")
                    .resourceArns("arn:aws:s3:::home/bob/x"))
            .evaluationResults()
            .getFirst();
    assertThat(without.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
    assertThat(without.missingContextValues()).isEmpty();
    assertThat(without.resourceSpecificResults().getFirst().missingContextValues())
        .containsExactly("aws:sourceip", "aws:multifactorauthpresent");
    EvaluationResult everywhere =
        iam.simulateCustomPolicy(r ->
                r.policyInputList(CONDITIONAL)
                    .callerArn("arn:aws:iam::000000000001:user/bob")
                    .actionNames("s3:DeleteObject"))
            .evaluationResults()
            .getFirst();
    assertThat(everywhere.evalResourceName()).isEqualTo("*");
    assertThat(everywhere.missingContextValues()).contains("aws:multifactorauthpresent");
    assertThat(everywhere.hasResourceSpecificResults()).isFalse();
    assertThat(everywhere.hasEvalDecisionDetails()).isFalse();

    EvaluationResult with =
        iam.simulateCustomPolicy(r ->
                r.policyInputList(CONDITIONAL)
                    .callerArn("arn:aws:iam::000000000001:user/bob")
                    .actionNames("s3:DeleteObject")
                    .resourceArns("arn:aws:s3:::home/bob/x")
                    .contextEntries(
                        e ->
                            e.contextKeyName("aws:SourceIp")
                                .contextKeyType(ContextKeyTypeEnum.IP)
                                .contextKeyValues("10.1.1.1"),
                        e ->
                            e.contextKeyName("aws:MultiFactorAuthPresent")
                                .contextKeyType(ContextKeyTypeEnum.BOOLEAN)
                                .contextKeyValues("false")))
            .evaluationResults()
            .getFirst();
    assertThat(with.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.EXPLICIT_DENY);
    assertThat(with.matchedStatements()).hasSize(2);
  }

  @Test
  void bothAccountsMustAllowWhatIsBetweenThem() {
    String toBob =
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject",
        "Principal":{"AWS":"arn:aws:iam::000000000001:user/bob"},"Resource":"*"}]}\
        """;
    for (boolean other : new boolean[] {true, false}) {
      for (String action : List.of("s3:PutObject", "s3:GetObject")) {
        EvaluationResult result =
            iam.simulateCustomPolicy(r ->
                    r.policyInputList(ONE_LINE.replace("PutObject", "GetObject"))
                        .callerArn("arn:aws:iam::000000000001:user/bob")
                        .resourceOwner(
                            "arn:aws:iam::" + (other ? "999999999999" : "000000000001") + ":root")
                        .resourcePolicy(toBob)
                        .actionNames(action)
                        .resourceArns("arn:aws:s3:::theirs/x"))
                .evaluationResults()
                .getFirst();
        boolean put = action.equals("s3:PutObject");
        assertThat(result.evalDecision())
            .isEqualTo(
                other
                    ? PolicyEvaluationDecisionType.IMPLICIT_DENY
                    : PolicyEvaluationDecisionType.ALLOWED);
        assertThat(result.evalDecisionDetailsAsStrings())
            .isEqualTo(
                other
                    ? Map.of(
                        "IAM Policy", put ? "implicitDeny" : "allowed",
                        "Resource Policy", put ? "allowed" : "implicitDeny")
                    : Map.of());
      }
    }
  }

  @Test
  void aBoundaryIsSaidApart() {
    EvaluationResult bounded =
        iam.simulateCustomPolicy(r ->
                r.policyInputList(ONE_LINE)
                    .permissionsBoundaryPolicyInputList(ONE_LINE.replace("PutObject", "GetObject"))
                    .actionNames("s3:PutObject"))
            .evaluationResults()
            .getFirst();
    assertThat(bounded.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
    assertThat(bounded.permissionsBoundaryDecisionDetail().allowedByPermissionsBoundary())
        .isFalse();
  }

  @Test
  void resultsComeInPages() {
    List<String> actions = List.of("s3:A", "s3:B", "s3:C", "s3:D", "s3:E");
    assertThat(
            iam
                .simulateCustomPolicyPaginator(
                    r -> r.policyInputList(ONE_LINE).actionNames(actions).maxItems(2))
                .evaluationResults()
                .stream()
                .map(EvaluationResult::evalActionName))
        .containsExactlyElementsOf(actions);
  }

  @Test
  void contextKeysAreFound() {
    assertThat(
            iam.getContextKeysForCustomPolicy(r -> r.policyInputList(CONDITIONAL, ONE_LINE))
                .contextKeyNames())
        .containsExactly("aws:SourceIp", "aws:username", "aws:MultiFactorAuthPresent");
    iam.createUser(r -> r.userName("keys"));
    iam.putUserPolicy(r -> r.userName("keys").policyName("p").policyDocument(CONDITIONAL));
    assertThat(
            iam.getContextKeysForPrincipalPolicy(
                    r -> r.policySourceArn("arn:aws:iam::000000000001:user/keys"))
                .contextKeyNames())
        .contains("aws:SourceIp", "aws:username");
    refused(
        "InvalidInput",
        400,
        "This policy contains invalid Json",
        () -> iam.getContextKeysForCustomPolicy(r -> r.policyInputList("nonsense")));
  }

  private static String all(String effect, String action) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\""
        + effect
        + "\",\"Action\":\""
        + action
        + "\",\"Resource\":\"*\"}]}";
  }

  /** The client here is older than this input, so it is put into the request by hand. */
  private EvaluationResult withOrganization(List<List<String>> levels) {
    AwsRequestOverrideConfiguration.Builder more = AwsRequestOverrideConfiguration.builder();
    for (int level = 1; level <= levels.size(); level++) {
      List<String> policies = levels.get(level - 1);
      String list =
          "OrderedOrganizationPolicyInputList.member." + level + ".ServiceControlPolicyInputList";
      if (policies.isEmpty()) {
        more.putRawQueryParameter(list, "");
      }
      for (int number = 1; number <= policies.size(); number++) {
        more.putRawQueryParameter(list + ".member." + number, policies.get(number - 1));
      }
    }
    return iam.simulateCustomPolicy(r ->
            r.policyInputList(ONE_LINE)
                .actionNames("s3:PutObject")
                .resourceArns("arn:aws:s3:::bucket")
                .overrideConfiguration(more.build()))
        .evaluationResults()
        .getFirst();
  }

  @Test
  void everyLevelOfAnOrganizationMustAllow() {
    String everything = all("Allow", "*");

    EvaluationResult allowed =
        withOrganization(
            List.of(List.of(everything), List.of(all("Allow", "sqs:*"), all("Allow", "s3:*"))));
    assertThat(allowed.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
    assertThat(allowed.organizationsDecisionDetail().allowedByOrganizations()).isTrue();

    EvaluationResult notAllowed =
        withOrganization(List.of(List.of(everything), List.of(all("Allow", "sqs:*"))));
    assertThat(notAllowed.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
    assertThat(notAllowed.organizationsDecisionDetail().allowedByOrganizations()).isFalse();

    EvaluationResult denied =
        withOrganization(List.of(List.of(everything, all("Deny", "s3:Put*"))));
    assertThat(denied.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.EXPLICIT_DENY);
    assertThat(denied.organizationsDecisionDetail().allowedByOrganizations()).isFalse();
  }

  @Test
  void aLevelWithoutPoliciesIsRefused() {
    refused(
        "InvalidInput",
        400,
        "Organization policy at index 2 must contain at least one service control policy",
        () -> withOrganization(List.of(List.of(all("Allow", "*")), List.of())));
  }
}
