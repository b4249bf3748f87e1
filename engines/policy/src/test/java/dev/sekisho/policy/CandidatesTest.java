package dev.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The look at the first characters rules out nothing that a full look would let in. */
class CandidatesTest {

  private static final Principal CALLER =
      new Principal.User(new AccountId("111122223333"), "/", "u", "AIDAU");
  private static final String[] PIECES = {
    "s3:",
    "S3:",
    "kms:",
    "iam:",
    "*",
    "?",
    "Get",
    "get",
    "Put",
    "Object",
    "Obj",
    "a",
    "\u0131",
    "\u0130",
    "\u017f3:",
    "\u00e9",
    "ec2:DescribeInstances",
    ":"
  };

  private static AccessRequest request(String action) {
    return new AccessRequest(CALLER, action, "arn:aws:s3:::b/k", _ -> null);
  }

  private static CompiledStatement statement(Effect effect, boolean negated, List<String> actions) {
    return new CompiledStatement(
        new Statement(
            null,
            effect,
            null,
            new Statement.Selection<>(negated, actions),
            new Statement.Selection<>(false, List.of("*")),
            List.of(),
            1,
            1,
            1,
            1),
        true);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(5); left > 0; left--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  @Test
  void nothingThatAppliesIsRuledOut() {
    Random random = new Random(25);
    int applying = 0;
    for (int round = 0; round < 200_000; round++) {
      List<CompiledStatement> statements = new ArrayList<>();
      for (int each = random.nextInt(4); each >= 0; each--) {
        List<String> actions = new ArrayList<>();
        for (int left = random.nextInt(3); left >= 0; left--) {
          actions.add(text(random));
        }
        statements.add(
            statement(
                random.nextBoolean() ? Effect.ALLOW : Effect.DENY,
                random.nextInt(8) == 0,
                actions));
      }
      String action = text(random);
      for (Effect effect : Effect.values()) {
        boolean applies =
            statements.stream()
                .anyMatch(each -> each.effect() == effect && each.applies(request(action)));
        assertThat(Candidates.with(effect, statements).anyApplies(request(action)))
            .as("%s of %s", effect, action)
            .isEqualTo(applies);
        applying += applies ? 1 : 0;
      }
    }
    assertThat(applying).isBetween(20_000, 300_000);
  }

  @Test
  void theStartIsTheFirstEightCharactersFolded() {
    assertThat(Candidates.packed("s3")).isEqualTo('s' + 256L * '3');
    assertThat(Candidates.packed("s3:getob")).isEqualTo(Candidates.packed("s3:getobject"));
    assertThat(request("S3:GETOBJECT").actionStart())
        .isEqualTo(request("s3:getobject").actionStart());
    assertThat("\u0130".toLowerCase(Locale.ROOT)).hasSize(2);
  }
}
