package dev.sekisho.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.core.Principal;
import dev.sekisho.core.ServiceException;
import dev.sekisho.iam.SecurityKeys.RelyingParty;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityKeysTest {

  private static final RelyingParty CONSOLE =
      new RelyingParty("console.test", "https://console.test");

  private People people;
  private SecurityKeys keys;
  private Principal.User anna;

  @BeforeEach
  void start(@TempDir Path folder) {
    people = new People(folder);
    keys = new SecurityKeys(people.database, People.RANDOM, people.clock);
    anna = people.user("anna");
  }

  @AfterEach
  void stop() {
    people.close();
  }

  private Optional<String> register(Principal owner, RelyingParty party, String response) {
    return people.database.write(
        transaction -> keys.register(transaction, owner, party, "blue-key", response));
  }

  private String registered(Authenticator authenticator) throws Exception {
    return register(anna, CONSOLE, authenticator.registration(CONSOLE, keys.challenge(anna)))
        .orElseThrow();
  }

  @Test
  void aKeyIsRegisteredAndSignsIn() throws Exception {
    Authenticator authenticator = new Authenticator();

    String serial = registered(authenticator);

    assertThat(serial).matches("arn:aws:iam::111122223333:u2f/user/anna/blue-key-[A-Z2-7]{26}");
    assertThat(keys.credentialIds(anna)).containsExactly(authenticator.id());
    List<MfaDevice> devices =
        people.database.read(handle -> MfaDeviceStore.ofOwner(handle, anna.id()));
    assertThat(devices).extracting(MfaDevice::serial).containsExactly(serial);
    assertThat(devices.getFirst().showsCodes()).isFalse();
    for (int i = 0; i < 3; i++) {
      assertThat(keys.verify(anna, CONSOLE, authenticator.assertion(CONSOLE, keys.challenge(anna))))
          .isTrue();
    }
  }

  @Test
  void theRootUserHasKeysAsWell() throws Exception {
    Authenticator authenticator = new Authenticator();
    Principal root = new Principal.Root(People.ACCOUNT);

    String serial =
        register(root, CONSOLE, authenticator.registration(CONSOLE, keys.challenge(root)))
            .orElseThrow();

    assertThat(serial).startsWith("arn:aws:iam::111122223333:u2f/root-account/blue-key-");
    assertThat(keys.verify(root, CONSOLE, authenticator.assertion(CONSOLE, keys.challenge(root))))
        .isTrue();
  }

  @Test
  void aResponseIsTakenOnce() throws Exception {
    Authenticator authenticator = new Authenticator();
    String registration = authenticator.registration(CONSOLE, keys.challenge(anna));
    assertThat(register(anna, CONSOLE, registration)).isPresent();
    assertThat(register(anna, CONSOLE, registration)).isEmpty();
    String assertion = authenticator.assertion(CONSOLE, keys.challenge(anna));

    assertThat(keys.verify(anna, CONSOLE, assertion)).isTrue();
    assertThat(keys.verify(anna, CONSOLE, assertion)).isFalse();
  }

  @Test
  void aChallengeIsForOneOwnerAndFiveMinutes() throws Exception {
    Authenticator authenticator = new Authenticator();
    registered(authenticator);
    Principal.User bob = people.user("bob");

    assertThat(keys.verify(anna, CONSOLE, authenticator.assertion(CONSOLE, keys.challenge(bob))))
        .isFalse();
    assertThat(keys.verify(bob, CONSOLE, authenticator.assertion(CONSOLE, keys.challenge(bob))))
        .isFalse();
    assertThat(keys.verify(anna, CONSOLE, authenticator.assertion(CONSOLE, "AAAA"))).isFalse();
    String late = authenticator.assertion(CONSOLE, keys.challenge(anna));
    people.clock.advance(Duration.ofMinutes(6));
    assertThat(keys.verify(anna, CONSOLE, late)).isFalse();
  }

  @Test
  void anotherSiteAnotherKeyAndAnotherCountAreRefused() throws Exception {
    Authenticator authenticator = new Authenticator();
    registered(authenticator);
    authenticator.assertion(CONSOLE, keys.challenge(anna));
    RelyingParty phisher = new RelyingParty("console.test", "https://c0nsole.test");
    RelyingParty domain = new RelyingParty("c0nsole.test", "https://console.test");

    assertThat(keys.verify(anna, CONSOLE, authenticator.assertion(phisher, keys.challenge(anna))))
        .isFalse();
    assertThat(keys.verify(anna, CONSOLE, authenticator.assertion(domain, keys.challenge(anna))))
        .isFalse();
    assertThat(
            keys.verify(
                anna, CONSOLE, new Authenticator().assertion(CONSOLE, keys.challenge(anna))))
        .isFalse();
    assertThat(keys.verify(anna, CONSOLE, authenticator.assertion(CONSOLE, keys.challenge(anna))))
        .isTrue();
    // A count that does not grow is that of a copy.
    authenticator.count = 0;
    assertThat(keys.verify(anna, CONSOLE, authenticator.assertion(CONSOLE, keys.challenge(anna))))
        .isFalse();
  }

  @Test
  void nobodyTouchedTheKey() throws Exception {
    Authenticator authenticator = new Authenticator();
    registered(authenticator);
    authenticator.flags = 0;

    assertThat(keys.verify(anna, CONSOLE, authenticator.assertion(CONSOLE, keys.challenge(anna))))
        .isFalse();
    Authenticator untouched = new Authenticator();
    untouched.flags = 0;
    assertThat(register(anna, CONSOLE, untouched.registration(CONSOLE, keys.challenge(anna))))
        .isEmpty();
  }

  @Test
  void aDeactivatedKeyIsGone() throws Exception {
    Authenticator authenticator = new Authenticator();
    String serial = registered(authenticator);

    people.change(handle ->
        MfaDeviceStore.release(handle, MfaDeviceStore.find(handle, serial).orElseThrow()));

    assertThat(keys.verify(anna, CONSOLE, authenticator.assertion(CONSOLE, keys.challenge(anna))))
        .isFalse();
    assertThat(keys.credentialIds(anna)).isEmpty();
    assertThat(registered(authenticator)).isNotEqualTo(serial);
  }

  @Test
  void eightAndNoMore() throws Exception {
    for (int i = 0; i < 8; i++) {
      registered(new Authenticator());
    }

    assertThatThrownBy(() -> registered(new Authenticator()))
        .isInstanceOfSatisfying(
            ServiceException.class,
            refusal -> assertThat(refusal.code()).isEqualTo("LimitExceeded"));
  }

  @Test
  void whatIsBentIsRefusedAndNothingElseHappens() throws Exception {
    Random random = new Random(42);
    Authenticator authenticator = new Authenticator();
    registered(authenticator);
    for (int i = 0; i < 1_000; i++) {
      String good = authenticator.assertion(CONSOLE, keys.challenge(anna));
      StringBuilder bent = new StringBuilder(good);
      int from = good.indexOf("\"response\"");
      for (int j = 0; j < 1 + random.nextInt(3); j++) {
        int at = from + random.nextInt(good.length() - from);
        bent.setCharAt(at, (char) (32 + random.nextInt(95)));
      }
      String cut =
          random.nextInt(4) == 0
              ? bent.substring(0, random.nextInt(bent.length()))
              : bent.toString();
      if (cut.equals(good) || sameBytes(good, cut)) {
        continue;
      }

      assertThat(keys.verify(anna, CONSOLE, cut)).as(cut).isFalse();
    }
    for (String text : List.of("", "null", "[]", "{}", "1", "{\"response\":{}}")) {
      assertThat(keys.verify(anna, CONSOLE, text)).isFalse();
      assertThat(register(anna, CONSOLE, text)).isEmpty();
    }
  }

  /** Whether the change is in the last bits of Base64 that mean nothing, or in unread fields. */
  private static boolean sameBytes(String one, String other) {
    try {
      var mapper = new ObjectMapper();
      var left = mapper.readTree(one).path("response");
      var right = mapper.readTree(other).path("response");
      for (String name : List.of("clientDataJSON", "authenticatorData", "signature")) {
        if (!Arrays.equals(
            Base64.getUrlDecoder().decode(left.path(name).asText()),
            Base64.getUrlDecoder().decode(right.path(name).asText()))) {
          return false;
        }
      }
      return true;
    } catch (IOException | IllegalArgumentException different) {
      return false;
    }
  }
}
