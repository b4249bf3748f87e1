package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.testing.SekishoInstance;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeletionTaskStatusType;
import software.amazon.awssdk.services.iam.model.Role;

/** The roles of AWS services themselves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IamServiceLinkedRolesTest {

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

  @Test
  void everyRecordedServiceGetsTheRoleThatAwsGaveIt() throws IOException {
    int compared = 0;
    for (Map.Entry<String, JsonNode> each : Recordings.of("iam").entrySet()) {
      if (each.getKey().startsWith("test_service_role_lifecycle[")) {
        compare(serviceOf(each.getKey()), each.getValue());
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(50);
  }

  private void compare(String service, JsonNode recorded) throws IOException {
    String name = iam.createServiceLinkedRole(r -> r.awsServiceName(service)).role().roleName();
    Role role = iam.getRole(r -> r.roleName(name)).role();
    JsonNode expected = recorded.at("/describe-response/Role");

    assertThat(role.roleName()).isEqualTo(expected.get("RoleName").asText());
    assertThat(role.path()).isEqualTo(expected.get("Path").asText());
    assertThat(role.maxSessionDuration()).isEqualTo(expected.get("MaxSessionDuration").asInt());
    assertThat(role.description()).isEqualTo(expected.path("Description").asText(null));
    assertThat(
            new ObjectMapper()
                .readTree(
                    URLDecoder.decode(role.assumeRolePolicyDocument(), StandardCharsets.UTF_8)))
        .isEqualTo(expected.get("AssumeRolePolicyDocument"));
    JsonNode policy = recorded.at("/attached-role-policies/AttachedPolicies/0");
    assertThat(iam.listAttachedRolePolicies(r -> r.roleName(name)).attachedPolicies())
        .extracting(AttachedPolicy::policyName, AttachedPolicy::policyArn)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                policy.get("PolicyName").asText(),
                policy.get("PolicyArn").asText().replace("<partition>", "aws")));
  }

  @Test
  void servicesWithOneRoleTakeNoSuffix() throws IOException {
    int compared = 0;
    for (Map.Entry<String, JsonNode> each : Recordings.of("iam").entrySet()) {
      if (each.getKey().startsWith("test_service_role_lifecycle_custom_suffix_not_allowed[")) {
        String service = serviceOf(each.getKey());
        refused(
            "InvalidInput",
            400,
            each.getValue().at("/custom-suffix-not-allowed/Error/Message").asText(),
            () ->
                iam.createServiceLinkedRole(
                    r -> r.awsServiceName(service).customSuffix("test-suffix")));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(50);
  }

  @Test
  void suffixTellsSeveralRolesOfAServiceApart() {
    Role one = create("autoscaling.amazonaws.com", "one");
    Role two = create("autoscaling.amazonaws.com", "two");

    assertThat(one.roleName()).isEqualTo("AWSServiceRoleForAutoScaling_one");
    assertThat(two.arn())
        .isEqualTo(
            "arn:aws:iam::000000000001:role/aws-service-role/autoscaling.amazonaws.com/"
                + "AWSServiceRoleForAutoScaling_two");
    refused(
        "InvalidInput",
        400,
        "Service role name AWSServiceRoleForAutoScaling_one has been taken in this account, please"
            + " try a different suffix.",
        () -> create("autoscaling.amazonaws.com", "one"));
  }

  @Test
  void serviceWithoutSuchARoleIsRefused() {
    refused(
        "InvalidInput",
        400,
        "Service-linked roles are not supported for nothing.amazonaws.com.",
        () -> iam.createServiceLinkedRole(r -> r.awsServiceName("nothing.amazonaws.com")));
  }

  @Test
  void onlyAwsChangesItAndOnlyItsDeletionIsAskedFor() {
    String name = create("connect.amazonaws.com", "kept").roleName();
    String message =
        "Cannot perform the operation on the protected role '"
            + name
            + "' - this role is only modifiable by AWS";

    refused("UnmodifiableEntity", 400, message, () -> iam.deleteRole(r -> r.roleName(name)));
    refused(
        "UnmodifiableEntity",
        400,
        message,
        () ->
            iam.attachRolePolicy(
                r -> r.roleName(name).policyArn("arn:aws:iam::aws:policy/AdministratorAccess")));
    refused(
        "UnmodifiableEntity",
        400,
        message,
        () ->
            iam.detachRolePolicy(r ->
                r.roleName(name)
                    .policyArn(
                        "arn:aws:iam::aws:policy/aws-service-role/"
                            + "AmazonConnectServiceLinkedRolePolicy")));
    refused(
        "UnmodifiableEntity",
        400,
        message,
        () ->
            iam.putRolePolicy(r ->
                r.roleName(name)
                    .policyName("more")
                    .policyDocument(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                            + "\"Action\":\"*\",\"Resource\":\"*\"}]}")));
    refused(
        "UnmodifiableEntity",
        400,
        message,
        () ->
            iam.updateAssumeRolePolicy(r ->
                r.roleName(name)
                    .policyDocument(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                            + "\"Principal\":{\"AWS\":\"000000000001\"},"
                            + "\"Action\":\"sts:AssumeRole\"}]}")));
    assertThat(
            iam.updateRoleDescription(r -> r.roleName(name).description("ours"))
                .role()
                .description())
        .isEqualTo("ours");

    String task = iam.deleteServiceLinkedRole(r -> r.roleName(name)).deletionTaskId();

    assertThat(task)
        .matches("task/aws-service-role/connect\\.amazonaws\\.com/" + name + "/[0-9a-f-]{36}");
    assertThat(iam.getServiceLinkedRoleDeletionStatus(r -> r.deletionTaskId(task)).status())
        .isEqualTo(DeletionTaskStatusType.SUCCEEDED);
    refused(
        "NoSuchEntity",
        404,
        "The role with name " + name + " cannot be found.",
        () -> iam.getRole(r -> r.roleName(name)));
  }

  @Test
  void nobodyElseGetsItsPolicyOrItsPath() {
    iam.createRole(r ->
        r.roleName("ordinary")
            .assumeRolePolicyDocument(
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                    + "\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},"
                    + "\"Action\":\"sts:AssumeRole\"}]}"));

    refused(
        "PolicyNotAttachable",
        400,
        "Cannot attach a Service Role Policy to a Customer Role.",
        () ->
            iam.attachRolePolicy(r ->
                r.roleName("ordinary")
                    .policyArn(
                        "arn:aws:iam::aws:policy/aws-service-role/ECRTemplateServiceRolePolicy")));
    refused(
        "NoSuchEntity",
        404,
        "The role with name ordinary cannot be found.",
        () -> iam.deleteServiceLinkedRole(r -> r.roleName("ordinary")));
    refused(
        "InvalidInput",
        400,
        "The path /aws-service-role/ is reserved for AWS services.",
        () ->
            iam.createRole(r ->
                r.roleName("pretender")
                    .path("/aws-service-role/acm.amazonaws.com/")
                    .assumeRolePolicyDocument("{}")));
  }

  @Test
  void deletionThatNobodyAskedForIsNotFound() {
    refused(
        "NoSuchEntity",
        404,
        "The deletion task task/aws-service-role/acm.amazonaws.com/Role/1 cannot be found.",
        () ->
            iam.getServiceLinkedRoleDeletionStatus(
                r -> r.deletionTaskId("task/aws-service-role/acm.amazonaws.com/Role/1")));
    refused(
        "InvalidInput",
        400,
        "DeletionTaskId is invalid.",
        () -> iam.getServiceLinkedRoleDeletionStatus(r -> r.deletionTaskId("nothing")));
  }

  private Role create(String service, String suffix) {
    return iam.createServiceLinkedRole(r -> r.awsServiceName(service).customSuffix(suffix)).role();
  }

  private static String serviceOf(String test) {
    return test.substring(test.indexOf('[') + 1, test.length() - 1);
  }
}
