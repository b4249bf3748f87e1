package dev.sekisho.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** No operation runs unless every check was asked and allowed; errors, time and chance. */
class GateTest {

  private static final RequestContext CONTEXT =
      new RequestContext(
          "r",
          Instant.EPOCH,
          "kms",
          "Encrypt",
          "us-east-1",
          Caller.ANONYMOUS,
          "127.0.0.1",
          null,
          false);

  /** Allows all actions but one and writes down what it was asked. */
  private static final class AllBut extends Authorizer {
    private final String denied;
    private final List<String> asked = new ArrayList<>();

    AllBut(String denied) {
      this.denied = denied;
    }

    @Override
    protected void require(RequestContext context, AccessCheck check) {
      asked.add(check.action());
      if (check.action().equals(denied)) {
        throw new ServiceException("AccessDenied", 403, "no");
      }
    }
  }

  @Test
  void everyCheckIsAsked() {
    AllBut authorizer = new AllBut("none");
    Access both = Access.of(AccessCheck.of("a:One", "*"), AccessCheck.of("a:Two", "*"));

    assertThat(authorizer.authorize(CONTEXT, both).context()).isEqualTo(CONTEXT);
    assertThat(authorizer.asked).containsExactly("a:One", "a:Two");
  }

  @Test
  void oneRefusalIsEnough() {
    Access both = Access.of(AccessCheck.of("a:One", "*"), AccessCheck.of("a:Two", "*"));

    for (String denied : List.of("a:One", "a:Two")) {
      assertThatThrownBy(() -> new AllBut(denied).authorize(CONTEXT, both))
          .isInstanceOf(ServiceException.class);
    }
  }

  @Test
  void accessWithoutAnyCheckCannotBeMadeByMistake() {
    assertThatThrownBy(() -> Access.of()).isInstanceOf(IllegalArgumentException.class);
    AllBut authorizer = new AllBut("none");
    authorizer.authorize(CONTEXT, new Access.Open("the test says so"));
    assertThat(authorizer.asked).isEmpty();
  }

  @Test
  void checkGrowsByConditionsAndLeavesAbsentOnesOut() {
    AccessCheck check =
        AccessCheck.of("a:One", "*")
            .with("k", "v")
            .with("absent", (String) null)
            .with("m", List.of("1", "2"));

    assertThat(check.conditions()).isEqualTo(Map.of("k", List.of("v"), "m", List.of("1", "2")));
  }

  @Test
  void callerWithoutAccountIsDenied() {
    assertThatThrownBy(CONTEXT::account)
        .isInstanceOfSatisfying(
            ServiceException.class, denied -> assertThat(denied.code()).isEqualTo("AccessDenied"));
  }

  @Test
  void errorsCarryNoStackTraceAndAnErrorStatus() {
    ServiceException error = new ServiceException("A", 400, "b", Map.of("c", "d"));

    assertThat(error.getStackTrace()).isEmpty();
    assertThat(error.members()).containsEntry("c", "d");
    for (int status : List.of(200, 299, 600)) {
      assertThatThrownBy(() -> new ServiceException("A", status, ""))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void clockMovesAndRunsOn() {
    MovableClock base = new MovableClock(InstantSource.fixed(Instant.EPOCH));
    MovableClock clock = new MovableClock(base);
    clock.advance(Duration.ofDays(7));
    base.advance(Duration.ofSeconds(1));

    assertThat(clock.instant()).isEqualTo(Instant.EPOCH.plus(Duration.ofDays(7)).plusSeconds(1));
    clock.set(Instant.parse("2030-01-01T00:00:00Z"));
    assertThat(clock.instant()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
    base.advance(Duration.ofSeconds(2));
    assertThat(clock.instant()).isEqualTo(Instant.parse("2030-01-01T00:00:02Z"));
  }

  @Test
  void uuidsAreOfVersionFourAndTextOfItsAlphabet() {
    Random seeded = new Random(1);
    Randomness randomness = seeded::nextBytes;
    for (int i = 0; i < 1_000; i++) {
      UUID uuid = randomness.uuid();
      assertThat(uuid.version()).isEqualTo(4);
      assertThat(uuid.variant()).isEqualTo(2);
      assertThat(randomness.text("ABC", 20)).hasSize(20).matches("[ABC]+");
    }
    assertThat(Randomness.system().bytes(32)).isNotEqualTo(Randomness.system().bytes(32));
  }
}
