package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.PlainClient;
import dev.sekisho.testing.SekishoInstance;
import dev.sekisho.testing.SekishoProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

/** The root key is rotated and moved from one kind to the next while the server answers. */
class KeyringMoveTest {

  private static final SdkBytes TEXT = SdkBytes.fromUtf8String("over all root keys");

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path data;

  @SuppressWarnings("NullAway.Init")
  private String passphrase;

  @SuppressWarnings("NullAway.Init")
  private String another;

  @BeforeEach
  void secrets() throws IOException {
    data = folder.resolve("data");
    passphrase = KeyringProcess.secret(folder.resolve("pass"), "the first passphrase").toString();
    another = KeyringProcess.secret(folder.resolve("other"), "another passphrase").toString();
  }

  /** What was made before the first move, and has to be there after the last. */
  private record Made(String key, SdkBytes sealed, AccessKey access) {

    static Made in(SekishoProcess process) {
      KmsClient kms = KeyringProcess.client(process, KmsClient.builder(), SekishoInstance.ROOT);
      IamClient iam = KeyringProcess.client(process, IamClient.builder(), SekishoInstance.ROOT);
      iam.createUser(r -> r.userName("alice"));
      AccessKey access = iam.createAccessKey(r -> r.userName("alice")).accessKey();
      String key = kms.createKey().keyMetadata().keyId();
      kms.createKey(r -> r.keySpec("ECC_NIST_P256").keyUsage("SIGN_VERIFY"));
      String external = kms.createKey(r -> r.origin("EXTERNAL")).keyMetadata().keyId();
      WrappedMaterial.bring(kms, external, new byte[32]);
      return new Made(key, kms.encrypt(r -> r.keyId(key).plaintext(TEXT)).ciphertextBlob(), access);
    }

    void check(SekishoProcess process) {
      KmsClient kms = KeyringProcess.client(process, KmsClient.builder(), SekishoInstance.ROOT);
      assertThat(kms.decrypt(r -> r.ciphertextBlob(sealed)).plaintext()).isEqualTo(TEXT);
      StsClient sts =
          KeyringProcess.client(
              process,
              StsClient.builder(),
              AwsBasicCredentials.create(access.accessKeyId(), access.secretAccessKey()));
      assertThat(sts.getCallerIdentity().arn()).endsWith("user/alice");
    }
  }

  @Test
  void fromTheFileOverAPassphraseToTheHsmAndBackWithoutAFailedCall() throws Exception {
    SoftHsm hsm = SoftHsm.token(folder);
    KeyringProcess sekisho = new KeyringProcess(data, hsm.environment());
    String pin = KeyringProcess.secret(folder.resolve("pin"), SoftHsm.PIN).toString();
    String[] toHsm = {"--hsm-module", hsm.module(), "--hsm-pin-file", pin};
    try (SekishoProcess process = sekisho.up()) {
      Made made = Made.in(process);
      AtomicInteger answered = new AtomicInteger();
      List<String> failures = new ArrayList<>();
      Thread caller = Thread.ofPlatform().start(() -> call(process, made, answered, failures));

      sekisho.done("move", "--to", "passphrase", "--new-passphrase-file", passphrase);
      KeyringProcess.chores(process.address());
      sekisho.done("rotate", "--passphrase-file", passphrase, "--new-passphrase-file", another);
      KeyringProcess.chores(process.address());
      sekisho.done(
          "move",
          "--to",
          "hsm",
          "--passphrase-file",
          another,
          "--new-hsm-module",
          hsm.module(),
          "--new-hsm-pin-file",
          pin);
      KeyringProcess.chores(process.address());
      sekisho.done("rotate", toHsm);
      KeyringProcess.chores(process.address());
      assertThat(hsm.objects()).contains("never extractable").contains("sensitive");

      String status = sekisho.done("status");
      assertThat(status).contains("root key  hsm (sekisho-");
      assertThat(values(status)).hasSize(5);
      assertThat(values(status).subList(0, 4)).containsOnly(0);
      assertThat(values(status).getLast()).isGreaterThan(5);
      int before = answered.get();
      while (answered.get() < before + 50 && caller.isAlive()) {
        Thread.onSpinWait();
      }
      caller.interrupt();
      caller.join();
      assertThat(failures).isEmpty();
      made.check(process);
      process.kill();

      try (SekishoProcess next = sekisho.up(toHsm)) {
        made.check(next);
        sekisho.done("move", "--to", "file", "--hsm-module", hsm.module(), "--hsm-pin-file", pin);
        KeyringProcess.chores(next.address());
        made.check(next);
        next.kill();
      }
      try (SekishoProcess last = sekisho.up()) {
        made.check(last);
        assertThat(sekisho.keyring("retire").errors())
            .startsWith("sekisho: sessions that the older keys have sealed may live until");
        assertThat(sekisho.done("retire", "--now")).contains("key 6").doesNotContain("bridge");
        made.check(last);
        last.kill();
      }
      nothingBeginsAsSealedBy(1, 2, 3, 4, 5);
      try (SekishoProcess last = sekisho.up()) {
        made.check(last);
      }
    }
  }

  private static void call(
      SekishoProcess process, Made made, AtomicInteger answered, List<String> failures) {
    String body =
        "{\"CiphertextBlob\":\""
            + Base64.getEncoder().encodeToString(made.sealed().asByteArray())
            + "\"}";
    try (PlainClient client = new PlainClient(process.address(), SekishoInstance.ROOT)) {
      while (!Thread.currentThread().isInterrupted()) {
        PlainClient.Answer answer = client.json("kms", "TrentService.Decrypt", body);
        if (answer.status() == 200) {
          answered.incrementAndGet();
        } else {
          failures.add(answer.body());
        }
      }
    } catch (IOException failed) {
      failures.add(failed.toString());
    }
  }

  private static List<Integer> values(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("key "))
        .map(line -> line.replaceAll(".*, (\\d+) values", "$1"))
        .map(Integer::valueOf)
        .toList();
  }

  /** Holds the list of sealed columns to what is in the store: whatever it lacks stays behind. */
  private void nothingBeginsAsSealedBy(int... keys) throws Exception {
    int looked = 0;
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("sekisho.db"));
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet found =
          statement.executeQuery("select name from sqlite_master where type = 'table'")) {
        while (found.next()) {
          tables.add(found.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet rows = statement.executeQuery("select * from " + table)) {
          while (rows.next()) {
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
              if (rows.getObject(column) instanceof byte[] value && value.length > 49) {
                looked++;
                for (int key : keys) {
                  assertThat(HexFormat.of().formatHex(value))
                      .as("%s.%s", table, rows.getMetaData().getColumnName(column))
                      .doesNotStartWith("01%08x".formatted(key));
                }
              }
            }
          }
        }
      }
    }
    assertThat(looked).isGreaterThan(4);
  }

  @Test
  void aRootKeyThatCannotBeHadStopsTheStartAndChangesNothing() throws Exception {
    KeyringProcess sekisho = new KeyringProcess(data, Map.of());
    sekisho.done("create", "--to", "passphrase", "--new-passphrase-file", passphrase);
    Made made;
    try (SekishoProcess process = sekisho.up("--passphrase-file", passphrase)) {
      made = Made.in(process);
      process.stop();
    }
    Map<String, String> before = files();

    refused(sekisho.refused(), "no terminal");
    refused(sekisho.refused("--passphrase-file", another), "passphrase is wrong");
    refused(
        sekisho.refused("--passphrase-file", folder.resolve("none").toString()), "cannot be read");
    refused(sekisho.refused("--passphrase-fd", "957"), "cannot be read");
    Path keyring = data.resolve("keyring");
    String text = Files.readString(keyring);
    Files.writeString(keyring, text.replace("Z ", "Z A"));
    refused(sekisho.refused("--passphrase-file", passphrase), "damaged");
    Files.writeString(keyring, text.replaceAll("key: 1 ....", "key: 1 2001"));
    refused(sekisho.refused("--passphrase-file", passphrase), "altered");
    Files.delete(keyring);
    refused(sekisho.refused("--passphrase-file", passphrase), "is missing");
    assertThat(keyring).doesNotExist();
    Path foreign = folder.resolve("foreign");
    new KeyringProcess(foreign, Map.of()).done("create", "--to", "file");
    refused(sekisho.refused("--keyring", foreign.resolve("keyring").toString()), "another keyring");
    refused(
        sekisho.keyring("rotate", "--keyring", foreign.resolve("keyring").toString()),
        "another keyring");
    Files.writeString(keyring, text);
    Files.setPosixFilePermissions(keyring, PosixFilePermissions.fromString("rw-------"));

    assertThat(files()).isEqualTo(before);
    try (SekishoProcess process = sekisho.up("--passphrase-file", passphrase)) {
      made.check(process);
    }
  }

  @Test
  void aTokenThatCannotBeUsedStopsTheStart() throws Exception {
    SoftHsm hsm = SoftHsm.token(folder);
    SoftHsm empty = SoftHsm.token(Files.createDirectory(folder.resolve("another-hsm")));
    KeyringProcess sekisho = new KeyringProcess(data, hsm.environment());
    String pin = KeyringProcess.secret(folder.resolve("pin"), SoftHsm.PIN).toString();
    String wrong = KeyringProcess.secret(folder.resolve("wrong"), "00000000").toString();
    sekisho.done("create", "--to", "hsm", "--hsm-module", hsm.module(), "--hsm-pin-file", pin);
    String text = Files.readString(data.resolve("keyring"));

    refused(sekisho.refused(), "--hsm-module");
    refused(
        sekisho.refused("--hsm-module", "/nothing/here.so", "--hsm-pin-file", pin), "not there");
    refused(sekisho.refused("--hsm-module", hsm.module(), "--hsm-pin-file", wrong), "PIN");
    refused(
        sekisho.refused("--hsm-module", hsm.module(), "--hsm-slot", "99999", "--hsm-pin-file", pin),
        "--hsm-slot");
    refused(
        new KeyringProcess(data, empty.environment())
            .refused("--hsm-module", hsm.module(), "--hsm-pin-file", pin),
        "has no key sekisho-");
    assertThat(Files.readString(data.resolve("keyring"))).isEqualTo(text);
    assertThat(data.resolve("sekisho.db")).doesNotExist();
  }

  private static void refused(SekishoProcess.Ended ended, String reason) {
    assertThat(ended.exit()).as(ended.errors()).isEqualTo(3);
    assertThat(ended.errors()).startsWith("sekisho: ").contains(reason);
    assertThat(ended.errors().lines()).hasSize(1);
    assertThat(ended.out()).isEmpty();
  }

  private Map<String, String> files() throws Exception {
    Map<String, String> digests = new HashMap<>();
    try (Stream<Path> all = Files.walk(data)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        // What SQLite leaves beside its file while it is open says nothing of the data.
        if (!file.toString().matches(".*-(wal|shm)|.*lock")) {
          digests.put(
              data.relativize(file).toString(),
              HexFormat.of()
                  .formatHex(
                      MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))));
        }
      }
    }
    return digests;
  }

  @Test
  void aCommandThatWouldHarmIsRefused() throws Exception {
    KeyringProcess sekisho = new KeyringProcess(data, Map.of());
    String few = KeyringProcess.secret(folder.resolve("short"), "short").toString();
    assertThat(sekisho.keyring("status").errors()).contains("there is no keyring");
    assertThat(sekisho.keyring("create").errors()).contains("--to");
    assertThat(sekisho.keyring("move", "--to", "cloud").errors()).contains("'cloud'");
    assertThat(sekisho.keyring("frobnicate").errors()).contains("frobnicate");
    assertThat(
            sekisho.keyring("create", "--to", "passphrase", "--new-passphrase-file", few).errors())
        .contains("at least 12 characters");
    assertThat(data.resolve("keyring")).doesNotExist();

    sekisho.done("create", "--to", "file");
    assertThat(sekisho.keyring("create", "--to", "file").errors()).contains("already");
    assertThat(sekisho.keyring("retire").errors()).contains("no key to retire");
    sekisho.done("rotate", "--seals-in", "PT1H");
    assertThat(sekisho.keyring("rotate").errors()).contains("does not seal yet");
    assertThat(sekisho.done("status")).contains("seals from");

    try (SekishoProcess process = sekisho.up()) {
      Made made = Made.in(process);
      KeyringProcess.chores(process.address());
      assertThat(values(sekisho.done("status")).getLast()).isZero();
      made.check(process);
    }
  }

  /** A pipe gives the secret once, and a change of the keyring needs its root key twice. */
  @Test
  void secretsFromDescriptorsAreReadOnce() throws Exception {
    KeyringProcess sekisho = new KeyringProcess(data, Map.of());
    sekisho.done("create", "--to", "passphrase", "--new-passphrase-file", passphrase);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String jar = Path.of("../../apps/server/target/sekisho.jar").toRealPath().toString();
    for (String verb : List.of("rotate", "retire --now")) {
      Process process =
          new ProcessBuilder(
                  "sh",
                  "-c",
                  "cat "
                      + passphrase
                      + " | { exec 3<&0; exec "
                      + java
                      + " -jar "
                      + jar
                      + " keyring "
                      + verb
                      + " --data "
                      + data
                      + " --passphrase-fd 3; }")
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      assertThat(said).contains("key 2").doesNotContain("the first passphrase");
    }
    try (SekishoProcess process = sekisho.up("--passphrase-file", passphrase)) {
      assertThat(process.isAlive()).isTrue();
    }
  }

  @Test
  void retiringWaitsForWhatIsStillSealed() throws Exception {
    KeyringProcess sekisho = new KeyringProcess(data, Map.of());
    try (SekishoProcess process = sekisho.up()) {
      Made.in(process);
      StsClient sts =
          KeyringProcess.client(
              process,
              StsClient.builder(),
              AwsBasicCredentials.create(
                  SekishoInstance.ROOT.accessKeyId(), SekishoInstance.ROOT.secretAccessKey()));
      var session = sts.getSessionToken().credentials();
      process.stop();
      sekisho.done("rotate");
      assertThat(sekisho.keyring("retire", "--now").errors()).contains("key 1 still seals");

      try (SekishoProcess next = sekisho.up()) {
        StsClient holder =
            KeyringProcess.client(
                next,
                StsClient.builder(),
                AwsSessionCredentials.create(
                    session.accessKeyId(), session.secretAccessKey(), session.sessionToken()));
        assertThat(holder.getCallerIdentity().account()).isEqualTo(SekishoInstance.ACCOUNT);
        KeyringProcess.chores(next.address());
        assertThat(sekisho.keyring("retire").errors()).contains("--now");
        sekisho.done("retire", "--now");
        next.stop();
        try (SekishoProcess last = sekisho.up()) {
          StsClient late =
              KeyringProcess.client(
                  last,
                  StsClient.builder(),
                  AwsSessionCredentials.create(
                      session.accessKeyId(), session.secretAccessKey(), session.sessionToken()));
          assertThatThrownBy(late::getCallerIdentity).isInstanceOf(StsException.class);
        }
      }
    }
  }
}
