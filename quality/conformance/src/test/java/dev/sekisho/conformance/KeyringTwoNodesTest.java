package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.postgres.PostgresServer;
import dev.sekisho.server.Storage;
import dev.sekisho.testing.SekishoInstance;
import dev.sekisho.testing.SekishoProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;

/** The keyring of two nodes on one PostgreSQL is changed while both answer. */
class KeyringTwoNodesTest {

  private static final SdkBytes TEXT = SdkBytes.fromUtf8String("over two nodes");

  @TempDir Path folder;

  private final List<String> database = new ArrayList<>();

  private Storage storage(Path keyring) throws Exception {
    Assumptions.assumeTrue(PostgresServer.isInstalled(), "PostgreSQL is not installed here");
    if (database.isEmpty()) {
      PostgresServer.Database made = PostgresServer.shared().newDatabase();
      Path password = KeyringProcess.secret(folder.resolve("password"), made.password());
      database.addAll(
          List.of(
              "--database",
              made.url() + "?user=" + made.user(),
              "--database-password-file",
              password.toString()));
    }
    return new Storage(database.get(1), Path.of(database.get(3)), keyring);
  }

  private String keyring(String verb, Path keyring, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("keyring", verb, "--keyring", keyring.toString()));
    arguments.addAll(database);
    arguments.addAll(List.of(more));
    SekishoProcess.Ended ended = SekishoProcess.run(Map.of(), arguments);
    assertThat(ended.exit()).as(ended.errors()).isZero();
    return ended.out();
  }

  @Test
  void nodesThatShareTheFileTakeOverByThemselves() throws Exception {
    Path keyring = folder.resolve("keyring");
    Storage storage = storage(keyring);
    String pass = KeyringProcess.secret(folder.resolve("pass"), "of both nodes").toString();
    try (SekishoInstance first = SekishoInstance.start(folder.resolve("first"), storage);
        SekishoInstance second = SekishoInstance.start(folder.resolve("second"), storage)) {
      String before = newKey(first);
      keyring("move", keyring, "--to", "passphrase", "--new-passphrase-file", pass);
      KeyringProcess.chores(first.address());
      assertThat(keyring("status", keyring)).contains("key 1").containsPattern("key 1 .* 0 values");

      // The second has not looked at the file yet: it does when it meets the new key.
      assertThat(roundTrip(second, newKey(first))).isEqualTo(TEXT);
      assertThat(roundTrip(second, before)).isEqualTo(TEXT);
      KeyringProcess.chores(second.address());
      assertThat(roundTrip(first, newKey(second))).isEqualTo(TEXT);
      assertThat(keyring("retire", keyring, "--now", "--passphrase-file", pass))
          .contains("key 2")
          .doesNotContain("key 1");
      assertThat(roundTrip(first, newKey(second))).isEqualTo(TEXT);
    }
  }

  @Test
  void nodesWithCopiesAreGivenTimeForTheNewOne() throws Exception {
    Path here = folder.resolve("here");
    Path there = folder.resolve("there");
    Storage storage = storage(here);
    try (SekishoInstance first = SekishoInstance.start(folder.resolve("first"), storage)) {
      Files.copy(here, there, StandardCopyOption.COPY_ATTRIBUTES);
      try (SekishoInstance second =
          SekishoInstance.start(folder.resolve("second"), storage(there))) {
        keyring("rotate", here, "--seals-in", "PT1H");
        KeyringProcess.chores(first.address());
        assertThat(roundTrip(second, newKey(first))).isEqualTo(TEXT);
        Files.copy(
            here, there, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        KeyringProcess.chores(second.address());

        // A copy that comes late: what the others sealed meanwhile opens once it is there.
        Path late = folder.resolve("late");
        Files.copy(here, late, StandardCopyOption.COPY_ATTRIBUTES);
        try (SekishoInstance third =
            SekishoInstance.start(folder.resolve("third"), storage(late))) {
          assertThat(roundTrip(third, newKey(first))).isEqualTo(TEXT);
        }
      }
    }
  }

  @Test
  void aNodeThatWasForgottenIsHealedByTheCopy() throws Exception {
    Path here = folder.resolve("here");
    Path there = folder.resolve("there");
    Storage storage = storage(here);
    try (SekishoInstance first = SekishoInstance.start(folder.resolve("first"), storage)) {
      Files.copy(here, there, StandardCopyOption.COPY_ATTRIBUTES);
      try (SekishoInstance second =
          SekishoInstance.start(folder.resolve("second"), storage(there))) {
        keyring("rotate", here);
        KeyringProcess.chores(first.address());
        String key = newKey(first);
        // It cannot even check the caller's signature any more, and it never seals backwards.
        assertThatThrownBy(() -> roundTrip(second, key)).isInstanceOf(KmsException.class);
        KeyringProcess.chores(second.address());
        assertThat(keyring("status", here)).containsPattern("key 1 .* 0 values");

        Files.copy(
            here, there, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        assertThat(roundTrip(second, key)).isEqualTo(TEXT);
        assertThat(roundTrip(first, key)).isEqualTo(TEXT);
      }
    }
  }

  private static String newKey(SekishoInstance node) {
    return node.client(KmsClient.builder()).createKey().keyMetadata().keyId();
  }

  private static SdkBytes roundTrip(SekishoInstance node, String key) {
    KmsClient kms = node.client(KmsClient.builder());
    SdkBytes sealed = kms.encrypt(r -> r.keyId(key).plaintext(TEXT)).ciphertextBlob();
    return kms.decrypt(r -> r.ciphertextBlob(sealed)).plaintext();
  }
}
