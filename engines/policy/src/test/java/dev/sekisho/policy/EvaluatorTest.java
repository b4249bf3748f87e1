package dev.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Principal;
import dev.sekisho.policy.PolicySet.Weight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {

  private static final AccountId ACCOUNT = new AccountId("123456789012");
  private static final Principal USER = new Principal.User(ACCOUNT, "/", "ann", "AIDA2222");
  private static final Principal ROLE =
      new Principal.RoleSession(ACCOUNT, "/p/", "r", "AROA2222", "s");
  private static final Principal FEDERATED =
      new Principal.FederatedUser(ACCOUNT, "f", new Principal.Root(ACCOUNT));
  private static final String RESOURCE = "arn:aws:sqs:us-east-1:123456789012:q";

  /**
   * The table of resource-policy grants: who is named, who calls, and which own limits are lifted
   * (identity, boundary, session).
   */
  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::123456789012:user/ann, user, true, true, false",
    "arn:aws:iam::123456789012:role/p/r, role, true, false, false",
    "arn:aws:sts::123456789012:assumed-role/r/s, role, true, true, true",
    "arn:aws:sts::123456789012:federated-user/f, federated, true, true, true",
    "*, user, true, true, true",
    "*, role, true, true, true",
    "arn:aws:iam::123456789012:root, user, false, false, false",
    "123456789012, role, false, false, false",
    "arn:aws:iam::123456789012:user/bob, user, false, false, false"
  })
  void aDirectGrantLiftsWhatAwsSays(
      String named, String caller, boolean identity, boolean boundary, boolean session) {
    Principal principal =
        switch (caller) {
          case "user" -> USER;
          case "role" -> ROLE;
          default -> FEDERATED;
        };
    CompiledPolicy resource =
        policy(
            "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\""
                + named
                + "\"},\"Action\":\"sqs:*\",\"Resource\":\"*\"}");
    CompiledPolicy all = policy(statement("Allow", "*"));
    CompiledPolicy none = policy(statement("Allow", "s3:GetObject"));

    assertThat(decide(principal, List.of(none), null, null, resource))
        .isEqualTo(identity ? Decision.ALLOW : implicit(PolicyType.IDENTITY));
    assertThat(decide(principal, List.of(all), none, null, resource))
        .isEqualTo(boundary ? Decision.ALLOW : implicit(PolicyType.BOUNDARY));
    assertThat(decide(principal, List.of(all), null, List.of(none), resource))
        .isEqualTo(session ? Decision.ALLOW : implicit(PolicyType.SESSION));
  }

  @Test
  void aKeyPolicyMustAllowAndAnAccountGrantAlsoNeedsTheIdentity() {
    CompiledPolicy account =
        policy(
            "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:root\"},"
                + "\"Action\":\"sqs:*\",\"Resource\":\"*\"}");
    CompiledPolicy all = policy(statement("Allow", "*"));

    assertThat(decide(USER, List.of(all), account, Weight.RESOURCE_REQUIRED))
        .isEqualTo(Decision.ALLOW);
    assertThat(decide(USER, List.of(), account, Weight.RESOURCE_REQUIRED))
        .isEqualTo(implicit(PolicyType.IDENTITY));
    assertThat(decide(USER, List.of(all), null, Weight.RESOURCE_REQUIRED))
        .isEqualTo(implicit(PolicyType.RESOURCE));
    assertThat(decide(USER, List.of(all), null, Weight.TRUST_REQUIRED))
        .isEqualTo(implicit(PolicyType.TRUST));
    assertThat(decide(new Principal.Root(ACCOUNT), List.of(), account, Weight.RESOURCE_REQUIRED))
        .isEqualTo(Decision.ALLOW);
    assertThat(decide(new Principal.Root(ACCOUNT), List.of(), null, Weight.RESOURCE_REQUIRED))
        .isEqualTo(implicit(PolicyType.RESOURCE));
  }

  @Test
  void everyServiceControlLevelMustAllow() {
    CompiledPolicy all = policy(statement("Allow", "*"));
    CompiledPolicy other = policy(statement("Allow", "s3:*"));
    AccessRequest request = request(USER);

    assertThat(Evaluator.decide(request, controlled(List.of(List.of(all), List.of(all)))))
        .isEqualTo(Decision.ALLOW);
    assertThat(Evaluator.decide(request, controlled(List.of(List.of(all), List.of(other)))))
        .isEqualTo(implicit(PolicyType.SERVICE_CONTROL));
    assertThat(
            Evaluator.decide(
                request, controlled(List.of(List.of(all, policy(statement("Deny", "sqs:*")))))))
        .isEqualTo(new Decision.ExplicitDeny(PolicyType.SERVICE_CONTROL));
  }

  @Test
  void acrossAccountsBothSidesMustAllow() {
    CompiledPolicy all = policy(statement("Allow", "*"));
    CompiledPolicy named =
        policy(
            "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:user/ann\"},"
                + "\"Action\":\"*\",\"Resource\":\"*\"}");

    assertThat(cross(List.of(all), named)).isEqualTo(Decision.ALLOW);
    assertThat(cross(List.of(), named)).isEqualTo(implicit(PolicyType.IDENTITY));
    assertThat(cross(List.of(all), null)).isEqualTo(implicit(PolicyType.RESOURCE));
  }

  @Test
  void denialsAreWordedAsAwsWordsThem() {
    AccessRequest request = request(USER);

    assertThat(DenialMessage.of(request, implicit(PolicyType.IDENTITY)))
        .isEqualTo(
            "User: arn:aws:iam::123456789012:user/ann is not authorized to perform:"
                + " sqs:SendMessage on resource: arn:aws:sqs:us-east-1:123456789012:q because no"
                + " identity-based policy allows the sqs:SendMessage action");
    assertThat(DenialMessage.of(request, new Decision.ExplicitDeny(PolicyType.BOUNDARY)))
        .endsWith(" with an explicit deny in a permissions boundary");
  }

  @Test
  void theLawsHoldOnRandomPolicies() {
    Random random = new Random(23);
    int allowed = 0;
    for (int i = 0; i < 20_000; i++) {
      List<CompiledPolicy> policies = new ArrayList<>();
      for (int count = random.nextInt(4); count >= 0; count--) {
        policies.add(policy(random(random, random.nextInt(4) == 0 ? "Deny" : "Allow")));
      }
      AccessRequest request =
          new AccessRequest(
              USER, "sqs:" + pick(random, "Send", "Get", "Delete"), RESOURCE, _ -> null);
      Decision before = Evaluator.decide(request, PolicySet.ofIdentity(policies));

      List<CompiledPolicy> shuffled = new ArrayList<>(policies);
      Collections.shuffle(shuffled, random);
      assertThat(Evaluator.decide(request, PolicySet.ofIdentity(shuffled))).isEqualTo(before);

      List<CompiledPolicy> wider = new ArrayList<>(policies);
      wider.add(policy(random(random, "Allow")));
      if (before instanceof Decision.Allow) {
        allowed++;
        assertThat(Evaluator.decide(request, PolicySet.ofIdentity(wider))).isEqualTo(before);
      }

      List<CompiledPolicy> narrower = new ArrayList<>(policies);
      narrower.add(policy(random(random, "Deny")));
      if (!(before instanceof Decision.Allow)) {
        assertThat(Evaluator.decide(request, PolicySet.ofIdentity(narrower)))
            .isNotEqualTo(Decision.ALLOW);
      }
      wider.add(policy(statement("Deny", "*")));
      assertThat(Evaluator.decide(request, PolicySet.ofIdentity(wider)))
          .isEqualTo(new Decision.ExplicitDeny(PolicyType.IDENTITY));
    }
    assertThat(allowed).isBetween(2_000, 18_000);
  }

  private static String random(Random random, String effect) {
    return statement(effect, pick(random, "sqs:*", "sqs:Send", "sqs:G?t", "s3:*", "*", "sqs:D*e"));
  }

  private static String pick(Random random, String... from) {
    return from[random.nextInt(from.length)];
  }

  private static Decision implicit(PolicyType type) {
    return new Decision.ImplicitDeny(type);
  }

  private static AccessRequest request(Principal principal) {
    return new AccessRequest(principal, "sqs:SendMessage", RESOURCE, _ -> null);
  }

  private static Decision decide(
      Principal principal,
      List<CompiledPolicy> identity,
      CompiledPolicy boundary,
      List<CompiledPolicy> session,
      CompiledPolicy resource) {
    return Evaluator.decide(
        request(principal),
        new PolicySet(
            identity,
            boundary,
            session,
            resource,
            Weight.EITHER,
            List.of(),
            List.of(),
            null,
            false));
  }

  private static Decision decide(
      Principal principal, List<CompiledPolicy> identity, CompiledPolicy resource, Weight weight) {
    return Evaluator.decide(
        request(principal),
        new PolicySet(identity, null, null, resource, weight, List.of(), List.of(), null, false));
  }

  private static Decision cross(List<CompiledPolicy> identity, CompiledPolicy resource) {
    return Evaluator.decide(
        request(USER),
        new PolicySet(
            identity, null, null, resource, Weight.EITHER, List.of(), List.of(), null, true));
  }

  private static PolicySet controlled(List<List<CompiledPolicy>> levels) {
    return new PolicySet(
        List.of(policy(statement("Allow", "*"))),
        null,
        null,
        null,
        Weight.EITHER,
        levels,
        List.of(),
        null,
        false);
  }

  private static String statement(String effect, String action) {
    return "{\"Effect\":\"" + effect + "\",\"Action\":\"" + action + "\",\"Resource\":\"*\"}";
  }

  private static CompiledPolicy policy(String statement) {
    return CompiledPolicy.of(
        "test",
        PolicyParser.parse("{\"Version\":\"2012-10-17\",\"Statement\":[" + statement + "]}"));
  }
}
