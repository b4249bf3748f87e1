package dev.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The laws of evaluation, on random requests against random policies of every kind. */
class LawsTest {

  private static final int CASES = 20_000;
  private static final AccountId HOME = new AccountId("123456789012");
  private static final AccountId AWAY = new AccountId("999999999999");
  private static final List<String> ACTIONS = List.of("s3:GetObject", "s3:PutObject", "kms:Sign");
  private static final List<String> ACTION_PATTERNS =
      List.of("*", "s3:*", "s3:Get*", "S3:putobject", "kms:S?gn", "iam:*");
  private static final List<String> RESOURCES =
      List.of("arn:aws:s3:::a/b", "arn:aws:kms:us-east-1:123456789012:key/1", "*");
  private static final List<String> RESOURCE_PATTERNS =
      List.of("*", "arn:aws:s3:::a/*", "arn:aws:s3:::${aws:username}/*", "arn:aws:kms:*:*:key/1");
  private static final List<String> PRINCIPALS =
      List.of(
          "\"*\"",
          "{\"AWS\":\"123456789012\"}",
          "{\"AWS\":\"arn:aws:iam::123456789012:user/ann\"}",
          "{\"AWS\":\"arn:aws:iam::123456789012:role/p/r\"}",
          "{\"AWS\":\"arn:aws:sts::123456789012:assumed-role/r/s\"}",
          "{\"Service\":\"ec2.amazonaws.com\"}");
  private static final List<String> CONDITIONS =
      List.of(
          "",
          "",
          ",\"Condition\":{\"StringEquals\":{\"aws:RequestedRegion\":\"us-east-1\"}}",
          ",\"Condition\":{\"StringNotEquals\":{\"aws:RequestTag/x\":[\"1\",\"2\"]}}",
          ",\"Condition\":{\"ForAllValues:StringLike\":{\"aws:TagKeys\":[\"a*\"]}}",
          ",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"true\"}}",
          ",\"Condition\":{\"Null\":{\"aws:RequestTag/x\":\"true\"}}");
  private static final List<Principal> CALLERS =
      List.of(
          new Principal.User(HOME, "/", "ann", "AIDA2222"),
          new Principal.RoleSession(HOME, "/p/", "r", "AROA2222", "s"),
          new Principal.Root(HOME),
          new Principal.FederatedUser(HOME, "f", new Principal.Root(HOME)),
          new Principal.User(AWAY, "/", "eve", "AIDA3333"),
          new Principal.Service("ec2.amazonaws.com"),
          new Principal.Anonymous());

  private final Random random = new Random(20_261_124);

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private String statement(boolean principal, String effect) {
    return "{\"Effect\":\""
        + effect
        + "\","
        + (principal ? "\"Principal\":" + any(PRINCIPALS) + "," : "")
        + "\""
        + (random.nextInt(8) == 0 ? "NotAction" : "Action")
        + "\":\""
        + any(ACTION_PATTERNS)
        + "\",\""
        + (random.nextInt(8) == 0 ? "NotResource" : "Resource")
        + "\":\""
        + any(RESOURCE_PATTERNS)
        + "\""
        + any(CONDITIONS)
        + "}";
  }

  private CompiledPolicy policy(boolean principal) {
    List<String> statements = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      statements.add(statement(principal, random.nextInt(5) == 0 ? "Deny" : "Allow"));
    }
    return compiled(statements);
  }

  private static CompiledPolicy compiled(List<String> statements) {
    return CompiledPolicy.of(
        "p",
        PolicyParser.parse(
            "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}"));
  }

  private List<CompiledPolicy> policies(int most) {
    List<CompiledPolicy> policies = new ArrayList<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      policies.add(policy(false));
    }
    return policies;
  }

  private PolicySet set() {
    List<List<CompiledPolicy>> serviceControl = new ArrayList<>();
    List<List<CompiledPolicy>> resourceControl = new ArrayList<>();
    if (random.nextInt(4) == 0) {
      serviceControl.add(policies(2));
      serviceControl.add(
          List.of(compiled(List.of("{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}"))));
    }
    if (random.nextInt(6) == 0) {
      resourceControl.add(policies(2));
    }
    return new PolicySet(
        policies(3),
        random.nextInt(3) == 0 ? policy(false) : null,
        random.nextInt(3) == 0 ? policies(2) : null,
        random.nextBoolean() ? policy(true) : null,
        any(List.of(PolicySet.Weight.values())),
        serviceControl,
        resourceControl,
        random.nextInt(6) == 0 ? policy(true) : null,
        random.nextInt(4) == 0);
  }

  private AccessRequest request() {
    Map<String, List<String>> keys = new HashMap<>();
    keys.put("aws:requestedregion", List.of(random.nextBoolean() ? "us-east-1" : "eu-west-1"));
    keys.put("aws:securetransport", List.of(Boolean.toString(random.nextBoolean())));
    if (random.nextBoolean()) {
      keys.put("aws:requesttag/x", List.of(Integer.toString(random.nextInt(4))));
      keys.put("aws:tagkeys", random.nextBoolean() ? List.of("ab", "ac") : List.of("ab", "x"));
    }
    if (random.nextBoolean()) {
      keys.put("aws:username", List.of("a"));
    }
    return new AccessRequest(any(CALLERS), any(ACTIONS), any(RESOURCES), keys::get);
  }

  @Test
  void theExplanationIsTheDecision() {
    Map<PolicyType, Integer> denials = new EnumMap<>(PolicyType.class);
    int allowed = 0;
    for (int i = 0; i < CASES; i++) {
      PolicySet set = set();
      AccessRequest request = request();
      Decision decision = Evaluator.decide(request, set);
      assertThat(Explainer.explain(request, set).decision()).isEqualTo(decision);
      switch (decision) {
        case Decision.Allow _ -> allowed++;
        case Decision.ExplicitDeny deny -> denials.merge(deny.by(), 1, Integer::sum);
        case Decision.ImplicitDeny deny -> denials.merge(deny.missing(), 1, Integer::sum);
      }
    }
    assertThat(allowed).as("the generator reaches allows").isGreaterThan(CASES / 50);
    assertThat(denials.keySet()).as("and every kind of denial").hasSize(PolicyType.values().length);
  }

  @Test
  void theOrderOfPoliciesAndStatementsDoesNotMatter() {
    for (int i = 0; i < CASES; i++) {
      AccessRequest request = request();
      List<String> statements = new ArrayList<>();
      for (int s = 0; s < 4; s++) {
        statements.add(statement(false, random.nextInt(4) == 0 ? "Deny" : "Allow"));
      }
      List<String> shuffled = new ArrayList<>(statements);
      Collections.shuffle(shuffled, random);
      PolicySet apart =
          PolicySet.ofIdentity(
              shuffled.stream().map(statement -> compiled(List.of(statement))).toList());
      assertThat(Evaluator.decide(request, apart))
          .isEqualTo(
              Evaluator.decide(request, PolicySet.ofIdentity(List.of(compiled(statements)))));
    }
  }

  @Test
  void anAllowNeverTakesOneAway() {
    for (int i = 0; i < CASES; i++) {
      PolicySet before = set();
      AccessRequest request = request();
      List<CompiledPolicy> more = new ArrayList<>(before.identity());
      more.add(compiled(List.of(statement(false, "Allow"))));
      PolicySet after = withIdentity(before, more);
      if (Evaluator.decide(request, before) instanceof Decision.Allow) {
        assertThat(Evaluator.decide(request, after)).isEqualTo(Decision.ALLOW);
      }
    }
  }

  @Test
  void aDenyWinsWhereverItStands() {
    CompiledPolicy deny =
        compiled(List.of("{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}"));
    for (int i = 0; i < CASES; i++) {
      PolicySet before = set();
      AccessRequest request = request();
      List<CompiledPolicy> more = new ArrayList<>(before.identity());
      more.add(random.nextInt(more.size() + 1), deny);
      assertThat(Evaluator.decide(request, withIdentity(before, more)))
          .isInstanceOf(Decision.ExplicitDeny.class);
    }
  }

  @Test
  void whatIsMissingIsSaid() {
    Explanation explained =
        Explainer.explain(
            new AccessRequest(CALLERS.getFirst(), "s3:GetObject", "arn:aws:s3:::a/b", _ -> null),
            PolicySet.ofIdentity(
                List.of(
                    compiled(
                        List.of(
                            "{\"Effect\":\"Allow\",\"Action\":\"s3:Get*\",\"Resource\":\"*\","
                                + "\"Condition\":{\"StringEquals\":{\"aws:RequestedRegion\":\"x\"}}}",
                            "{\"Effect\":\"Allow\",\"Action\":\"s3:Put*\",\"Resource\":\"*\","
                                + "\"Condition\":{\"StringEquals\":{\"aws:Other\":\"x\"}}}")))));
    assertThat(explained.missingKeys()).containsExactly("aws:requestedregion");
    assertThat(explained.matched()).isEmpty();
    assertThat(explained.decision()).isEqualTo(new Decision.ImplicitDeny(PolicyType.IDENTITY));
  }

  private static PolicySet withIdentity(PolicySet set, List<CompiledPolicy> identity) {
    return new PolicySet(
        identity,
        set.boundary(),
        set.session(),
        set.resource(),
        set.weight(),
        set.serviceControl(),
        set.resourceControl(),
        set.endpoint(),
        set.crossAccount());
  }
}
