package dev.sekisho.bench;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Principal;
import dev.sekisho.policy.AccessRequest;
import dev.sekisho.policy.CompiledPolicy;
import dev.sekisho.policy.Decision;
import dev.sekisho.policy.Evaluator;
import dev.sekisho.policy.Explainer;
import dev.sekisho.policy.Explanation;
import dev.sekisho.policy.PolicyParser;
import dev.sekisho.policy.PolicySet;
import dev.sekisho.policy.check.PolicyChecker;
import dev.sekisho.policy.check.PolicyFinding;
import dev.sekisho.policy.check.PolicyTarget;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Decisions, bare and explained, with five policies of ten statements, allowed by the last of them
 * or by none; and a check of one such policy.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PolicyBenchmark {

  private static final Map<String, List<String>> KEYS =
      Map.of("aws:sourceip", List.of("10.1.2.3"), "aws:requestedregion", List.of("us-east-1"));
  private static final Principal CALLER =
      new Principal.User(new AccountId("123456789012"), "/", "alice", "AIDAAAAAAAAAAAAAAAAAA");

  private static final String DOCUMENT = document(0);

  private final PolicySet policies =
      PolicySet.ofIdentity(IntStream.range(0, 5).mapToObj(PolicyBenchmark::policy).toList());

  private static CompiledPolicy policy(int number) {
    return CompiledPolicy.of("policy-" + number, PolicyParser.parse(document(number)));
  }

  private static String document(int number) {
    String statements =
        IntStream.range(0, 10)
            .mapToObj(i ->
                """
                {"Effect":"Allow","Action":["svc%1$d:Get*","svc%1$d:List*"],
                 "Resource":"arn:aws:svc%1$d:*:123456789012:thing/team-%2$d-*",
                 "Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},
                              "StringEquals":{"aws:RequestedRegion":["us-east-1","us-west-2"]}}}
                """
                    .formatted(number, i))
            .collect(Collectors.joining(","));
    return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}";
  }

  private static AccessRequest request(String action, String resource) {
    return new AccessRequest(CALLER, action, resource, KEYS::get);
  }

  @Benchmark
  public Decision allowedByTheLastStatement() {
    return Evaluator.decide(
        request("svc4:GetThing", "arn:aws:svc4:us-east-1:123456789012:thing/team-9-a"), policies);
  }

  @Benchmark
  public Explanation explainedAllow() {
    return Explainer.explain(
        request("svc4:GetThing", "arn:aws:svc4:us-east-1:123456789012:thing/team-9-a"), policies);
  }

  @Benchmark
  public Explanation explainedDenial() {
    return Explainer.explain(
        request("svc4:PutThing", "arn:aws:svc4:us-east-1:123456789012:thing/team-9-a"), policies);
  }

  @Benchmark
  public List<PolicyFinding> check() {
    return PolicyChecker.check(DOCUMENT, PolicyTarget.IDENTITY);
  }

  @Benchmark
  public Decision allowedByNone() {
    return Evaluator.decide(
        request("svc4:PutThing", "arn:aws:svc4:us-east-1:123456789012:thing/team-9-a"), policies);
  }
}
