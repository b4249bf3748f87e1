package dev.sekisho.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Secret;
import dev.sekisho.events.EventConsumer;
import dev.sekisho.iam.SignIn.Attempt;
import dev.sekisho.iam.SignIn.Factor;
import dev.sekisho.iam.SignIn.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInTest {

  private static final String PASSWORD = "Planted-Password-99";
  private static final AccountId HOST = new AccountId("000000000001");

  private People people;
  private SignIn signIn;
  private Principal.User anna;

  @BeforeEach
  void start(@TempDir Path folder) {
    people = new People(folder);
    signIn = again();
    anna = people.user("anna");
    people.password(anna, PASSWORD, false);
  }

  private SignIn again() {
    return new SignIn(
        people.database, people.keyring, people.events, People.RANDOM, people.clock, HOST);
  }

  @AfterEach
  void stop() {
    people.close();
  }

  private Result attempt(
      @Nullable String user, String password, @Nullable Factor factor, String ip) {
    return signIn.attempt(
        new Attempt(People.ACCOUNT.value(), user, Secret.of(password), factor, ip, "Mozilla/5.0"));
  }

  private Result attempt(String user, String password) {
    return attempt(user, password, null, "10.0.0.1");
  }

  private List<JsonNode> events() {
    return new EventConsumer(people.database, "test")
        .next(1_000).events().stream()
            .map(each -> {
              try {
                return new ObjectMapper().readTree(each.event().record().bytes());
              } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
              }
            })
            .toList();
  }

  @Test
  void theRightPasswordLetsInAndIsAudited() {
    assertThat(attempt("anna", PASSWORD)).isEqualTo(new Result.SignedIn(anna, null, false));

    JsonNode event = events().getLast();
    assertThat(event.path("eventName").asText()).isEqualTo("ConsoleLogin");
    assertThat(event.path("eventSource").asText()).isEqualTo("signin.amazonaws.com");
    assertThat(event.path("eventType").asText()).isEqualTo("AwsConsoleSignIn");
    assertThat(event.at("/userIdentity/type").asText()).isEqualTo("IAMUser");
    assertThat(event.at("/userIdentity/arn").asText())
        .isEqualTo("arn:aws:iam::111122223333:user/anna");
    assertThat(event.at("/responseElements/ConsoleLogin").asText()).isEqualTo("Success");
    assertThat(event.at("/additionalEventData/MFAUsed").asText()).isEqualTo("No");
    assertThat(event.path("sourceIPAddress").asText()).isEqualTo("10.0.0.1");
    assertThat(event.path("recipientAccountId").asText()).isEqualTo("111122223333");
    assertThat(event.has("errorMessage")).isFalse();
    Instant used =
        people.database.read(
            handle -> LoginProfileStore.find(handle, anna.id()).orElseThrow().usedAt());
    assertThat(used).isEqualTo(people.clock.instant());
  }

  @Test
  void wrongPasswordAndUnknownNameLookTheSameToTheCallerAndNotInTheLog() {
    assertThat(attempt("anna", "wrong")).isEqualTo(new Result.Refused());
    assertThat(attempt("hunter2-typed-as-name", PASSWORD)).isEqualTo(new Result.Refused());

    List<JsonNode> events = events();
    assertThat(events.get(0).path("errorMessage").asText()).isEqualTo("Failed authentication");
    assertThat(events.get(0).at("/userIdentity/userName").asText()).isEqualTo("anna");
    assertThat(events.get(0).at("/responseElements/ConsoleLogin").asText()).isEqualTo("Failure");
    assertThat(events.get(1).path("errorMessage").asText())
        .isEqualTo("No username found in supplied account");
    assertThat(events.get(1).at("/userIdentity/userName").asText())
        .isEqualTo("HIDDEN_DUE_TO_SECURITY_REASONS");
    assertThat(events.toString()).doesNotContain("hunter2").doesNotContain("Planted");
  }

  @Test
  void anAttemptOnNoAccountIsInTheHostsHistory() {
    assertThat(
            signIn.attempt(
                new Attempt("no-such-alias", "anna", Secret.of("x"), null, "10.0.0.1", null)))
        .isEqualTo(new Result.Refused());

    assertThat(events().getLast().path("recipientAccountId").asText()).isEqualTo(HOST.value());
  }

  @Test
  void anAliasNamesTheAccount() {
    people.change(handle ->
        handle.execute(
            "insert into iam_account_alias (account, alias) values (?, 'team')",
            People.ACCOUNT.value()));

    assertThat(
            signIn.attempt(
                new Attempt("team", "anna", Secret.of(PASSWORD), null, "10.0.0.1", null)))
        .isInstanceOf(Result.SignedIn.class);
  }

  @Test
  void aDeviceIsAskedForAndItsCodeTakenOnce() {
    Secret seed = people.device(anna, "arn:aws:iam::111122223333:mfa/anna");

    assertThat(attempt("anna", PASSWORD))
        .isEqualTo(new Result.FactorNeeded(anna, List.of("arn:aws:iam::111122223333:mfa/anna")));
    assertThat(attempt("anna", "wrong")).isEqualTo(new Result.Refused());
    Factor.Code code = new Factor.Code(people.code(seed));
    assertThat(attempt("anna", "wrong", code, "10.0.0.1")).isEqualTo(new Result.Refused());
    assertThat(attempt("anna", PASSWORD, code, "10.0.0.1"))
        .isEqualTo(new Result.SignedIn(anna, people.clock.instant(), false));
    assertThat(events().getLast().at("/additionalEventData/MFAUsed").asText()).isEqualTo("Yes");
    assertThat(attempt("anna", PASSWORD, code, "10.0.0.1")).isEqualTo(new Result.Refused());
  }

  @Test
  void aSecurityKeyIsASecondFactor() throws Exception {
    var party = new SecurityKeys.RelyingParty("console.test", "https://console.test");
    SecurityKeys keys = new SecurityKeys(people.database, People.RANDOM, people.clock);
    Authenticator authenticator = new Authenticator();
    String registration = authenticator.registration(party, keys.challenge(anna));
    people.database.write(
        transaction -> keys.register(transaction, anna, party, "key", registration).orElseThrow());

    String assertion = authenticator.assertion(party, keys.challenge(anna));

    assertThat(attempt("anna", PASSWORD, new Factor.Assertion(party, assertion), "10.0.0.1"))
        .isEqualTo(new Result.SignedIn(anna, people.clock.instant(), false));
    assertThat(attempt("anna", PASSWORD, new Factor.Assertion(party, assertion), "10.0.0.1"))
        .isEqualTo(new Result.Refused());
    assertThat(attempt("anna", PASSWORD, new Factor.Code("123456"), "10.0.0.1"))
        .isEqualTo(new Result.Refused());
  }

  @Test
  void theRootUserSignsInWithItsOwnPassword() {
    Principal root = new Principal.Root(People.ACCOUNT);
    people.password(root, "Root-Password-1", true);

    assertThat(attempt(null, "Root-Password-1", null, "10.0.0.1"))
        .isEqualTo(new Result.SignedIn(root, null, true));
    assertThat(events().getLast().at("/userIdentity/type").asText()).isEqualTo("Root");
  }

  @Test
  void anOldPasswordHasToBeChangedOrLetsNobodyIn() {
    people.change(handle ->
        handle.execute(
            "insert into iam_password_policy (account, minimum_length, symbols, numbers, uppercase,"
                + " lowercase, users_may_change, maximum_age, hard_expiry)"
                + " values (?, 8, 0, 0, 0, 0, 1, 30, 0)",
            People.ACCOUNT.value()));
    people.clock.advance(Duration.ofDays(29));
    assertThat(attempt("anna", PASSWORD)).isEqualTo(new Result.SignedIn(anna, null, false));
    people.clock.advance(Duration.ofDays(1));
    assertThat(attempt("anna", PASSWORD)).isEqualTo(new Result.SignedIn(anna, null, true));

    people.change(handle -> handle.execute("update iam_password_policy set hard_expiry = 1"));
    assertThat(attempt("anna", PASSWORD)).isEqualTo(new Result.Refused());
  }

  @Test
  void whoGuessesWaitsLongerAndLongerAlsoAfterARestart() {
    for (int i = 0; i < 5; i++) {
      assertThat(attempt("anna", "wrong")).isEqualTo(new Result.Refused());
    }
    assertThat(attempt("anna", PASSWORD))
        .isEqualTo(new Result.TooManyFailures(Duration.ofSeconds(1)));
    signIn = again();
    assertThat(attempt("anna", PASSWORD)).isInstanceOf(Result.TooManyFailures.class);
    people.clock.advance(Duration.ofSeconds(1));
    assertThat(attempt("anna", "wrong")).isEqualTo(new Result.Refused());
    assertThat(attempt("anna", "wrong"))
        .isEqualTo(new Result.TooManyFailures(Duration.ofSeconds(2)));
    people.clock.advance(Duration.ofSeconds(2));

    assertThat(attempt("anna", PASSWORD)).isInstanceOf(Result.SignedIn.class);
    assertThat(attempt("anna", "wrong")).isEqualTo(new Result.Refused());
    assertThat(events())
        .allSatisfy(event -> assertThat(event.path("eventName").asText()).isEqualTo("ConsoleLogin"))
        .hasSize(11);
  }

  @Test
  void aStrangerElsewhereLocksNobodyOut() {
    assertThat(attempt("anna", PASSWORD, null, "10.0.0.1")).isInstanceOf(Result.SignedIn.class);
    for (int source = 0; source < 15; source++) {
      for (int i = 0; i < 5; i++) {
        attempt("anna", "wrong", null, "10.9.0." + source);
      }
    }

    assertThat(attempt("anna", PASSWORD, null, "10.9.1.1"))
        .isInstanceOfSatisfying(
            Result.TooManyFailures.class,
            refused -> assertThat(refused.pause()).isLessThanOrEqualTo(Duration.ofSeconds(10)));
    assertThat(attempt("anna", PASSWORD, null, "10.0.0.1")).isInstanceOf(Result.SignedIn.class);
  }

  @Test
  void oneSourceThatTriesManyNamesWaits() {
    for (int i = 0; i < 20; i++) {
      assertThat(attempt("name-" + i, "wrong", null, "2001:db8:1:2:3::" + i))
          .isEqualTo(new Result.Refused());
    }

    assertThat(attempt("name-21", "wrong", null, "2001:db8:1:2:ffff::1"))
        .isInstanceOf(Result.TooManyFailures.class);
    assertThat(attempt("name-21", "wrong", null, "2001:db8:1:3::1"))
        .isEqualTo(new Result.Refused());
  }

  @Test
  void manyGuessesAtOnceGetNoMoreTries() throws Exception {
    List<Future<Result>> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        String guess = i == 39 ? PASSWORD : "wrong-" + i;
        answers.add(threads.submit(() -> attempt("anna", guess)));
      }
    }
    long looked = 0;
    for (Future<Result> each : answers) {
      looked += each.get() instanceof Result.TooManyFailures ? 0 : 1;
    }
    assertThat(looked).isBetween(1L, 6L);
  }
}
