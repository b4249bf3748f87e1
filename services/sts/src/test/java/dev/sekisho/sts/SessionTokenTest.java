package dev.sekisho.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Federation;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Secret;
import dev.sekisho.core.Session;
import dev.sekisho.crypto.CryptoException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionTokenTest {

  private static final AccountId ACCOUNT = new AccountId("111122223333");
  private static final Principal.User USER = new Principal.User(ACCOUNT, "/", "bob", "AIDAEXAMPLE");

  private static TemporaryCredentials credentials(
      Principal principal, @Nullable Federation federation, Random random) {
    Map<String, String> tags = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      tags.put("key-" + random.nextInt(50), "välue " + random.nextInt());
    }
    return new TemporaryCredentials(
        "ASIAEXAMPLE",
        Secret.of("secret-" + random.nextInt()),
        principal,
        new Session(
            Instant.ofEpochSecond(random.nextInt()),
            Instant.ofEpochSecond(random.nextInt()),
            random.nextBoolean() ? Instant.ofEpochSecond(random.nextInt()) : null,
            tags,
            Set.copyOf(tags.keySet()),
            random.nextBoolean() ? "source" : null,
            random.nextBoolean() ? "{}" : null,
            List.of(),
            random.nextBoolean(),
            federation));
  }

  @Test
  void whatIsWrittenIsRead() {
    Random random = new Random(20_261_125);
    List<Principal> principals =
        List.of(
            new Principal.Root(ACCOUNT),
            USER,
            new Principal.RoleSession(ACCOUNT, "/a/", "role", "AROAEXAMPLE", "session"),
            new Principal.FederatedUser(ACCOUNT, "guest", USER),
            new Principal.FederatedUser(ACCOUNT, "guest", new Principal.Root(ACCOUNT)));
    for (int i = 0; i < 5_000; i++) {
      Federation federation =
          random.nextBoolean()
              ? null
              : new Federation(
                  "arn:aws:iam::111122223333:oidc-provider/example.com",
                  Map.of("example.com:sub", List.of("ann"), "example.com:amr", List.of("a", "b")));
      TemporaryCredentials written =
          credentials(principals.get(i % principals.size()), federation, random);
      assertThat(SessionToken.read(SessionToken.write(written))).isEqualTo(written);
    }
  }

  @Test
  void whatIsCutShortIsRefused() {
    byte[] written = SessionToken.write(credentials(USER, null, new Random(1)));
    for (int length = 0; length < written.length - 8; length++) {
      byte[] cut = java.util.Arrays.copyOf(written, length);
      assertThatExceptionOfType(CryptoException.class).isThrownBy(() -> SessionToken.read(cut));
    }
  }
}
