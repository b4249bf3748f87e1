package dev.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Principal;
import dev.sekisho.policy.check.PolicyChecker;
import dev.sekisho.policy.check.PolicyTarget;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Documents and requests made to be slow. The limits leave a busy machine room; what grew with the
 * square or worse of its input would pass them by far.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class HardCasesTest {

  private static final Principal CALLER =
      new Principal.User(new AccountId("123456789012"), "/", "alice", "AIDAAAAAAAAAAAAAAAAAA");

  private static String document(String actions, String resources, String condition) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":"
        + actions
        + ",\"Resource\":"
        + resources
        + condition
        + "}}";
  }

  private static String list(int count, java.util.function.IntFunction<String> each) {
    return IntStream.range(0, count)
        .mapToObj(i -> '"' + each.apply(i) + '"')
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static void everything(String document, Map<String, List<String>> keys, int times) {
    PolicyChecker.check(document, PolicyTarget.IDENTITY);
    PolicyDocument parsed = PolicyValidator.check(document, PolicyKind.IDENTITY);
    PolicySet policies = PolicySet.ofIdentity(List.of(CompiledPolicy.of("hard", parsed)));
    AccessRequest request =
        new AccessRequest(
            CALLER, "s3:GetObject", "arn:aws:s3:::bucket/" + "a".repeat(1_000) + "b", keys::get);
    for (int i = 0; i < times; i++) {
      Decision decision = Evaluator.decide(request, policies);
      assertThat(Explainer.explain(request, policies).decision()).isEqualTo(decision);
    }
  }

  @Test
  void aHundredKilobytesWithTenThousandWildcards() {
    everything(
        document("\"s3:*\"", list(5_000, i -> "arn:aws:s3:::*b" + i + "*"), ""), Map.of(), 20);
    everything(document(list(7_000, i -> "s3:*G" + i + "*"), "\"*\"", ""), Map.of(), 20);
  }

  @Test
  void patternsThatBacktrack() {
    String stars = "*a".repeat(20_000) + "*c";
    everything(document("\"s3:*\"", "\"arn:aws:s3:::bucket/" + stars + "\"", ""), Map.of(), 50);
    everything(document("\"s3:" + stars + "\"", "\"*\"", ""), Map.of(), 50);
    everything(
        document(
            "\"s3:*\"",
            "\"*\"",
            ",\"Condition\":{\"StringLike\":{\"aws:username\":\"" + stars + "\"}}"),
        Map.of("aws:username", List.of("a".repeat(10_000))),
        5);
    everything(
        document("\"s3:*\"", list(60, i -> "arn:aws:s3:::" + "*a".repeat(500) + "*" + i), ""),
        Map.of(),
        50);
  }

  @Test
  void aMillionTags() {
    List<String> tags = IntStream.range(0, 1_000_000).mapToObj(i -> "tag-" + i).toList();
    String values = list(100, i -> "tag-" + (999_999 - i) + "*");

    everything(
        document(
            "\"s3:*\"",
            "\"*\"",
            ",\"Condition\":{\"ForAllValues:StringLike\":{\"aws:TagKeys\":" + values + "}}"),
        Map.of("aws:tagkeys", tags),
        1);
    everything(
        document(
            "\"s3:*\"",
            "\"*\"",
            ",\"Condition\":{\"ForAnyValue:StringEquals\":{\"aws:TagKeys\":[\"none\"]}}"),
        Map.of("aws:tagkeys", tags),
        1);
  }

  @Test
  void textsThatAreHardlyJson() {
    for (String piece : List.of("[", "{", "{\"a\":", "\"", "\\", "[{", "}", ",", "${", "\r", "-")) {
      String text = piece.repeat(PolicyParser.LARGEST / piece.length());
      assertThat(PolicyChecker.check(text, PolicyTarget.IDENTITY)).isNotEmpty();
      String within = document("\"s3:*\"", "\"arn:aws:s3:::" + "${".repeat(60_000) + "\"", "");
      assertThat(PolicyChecker.check(within, PolicyTarget.IDENTITY)).isNotEmpty();
    }
    String statements =
        IntStream.range(0, 2_000)
            .mapToObj(i -> "{\"Sid\":\"\",\"Effect\":7,\"x\":" + i + "}")
            .collect(Collectors.joining(",", "{\"Statement\":[", "]}"));
    assertThat(PolicyChecker.check(statements, PolicyTarget.IDENTITY)).hasSize(1_000);
  }
}
