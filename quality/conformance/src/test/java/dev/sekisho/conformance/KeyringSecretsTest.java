package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.keyring.HsmToken;
import dev.sekisho.crypto.keyring.OpenKeyring;
import dev.sekisho.crypto.keyring.RootAccess;
import dev.sekisho.crypto.keyring.RootForm;
import dev.sekisho.crypto.keyring.StoredKeyring;
import dev.sekisho.testing.SekishoInstance;
import dev.sekisho.testing.SekishoProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * What opens the keyring is looked for in everything that is kept or shown: the data folder, the
 * logs, the events, the process's arguments and environment.
 */
class KeyringSecretsTest {

  private static final String PASSPHRASE = "planted-passphrase-7c1f";
  private static final String NEXT = "planted-passphrase-next-3b";

  @TempDir Path folder;

  private final List<byte[]> planted = new ArrayList<>();

  @Test
  void noPassphrasePinOrKeyIsAnywhere() throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/cmdline")), "there is no /proc here");
    SoftHsm hsm = SoftHsm.token(folder);
    Path data = folder.resolve("data");
    KeyringProcess sekisho = new KeyringProcess(data, hsm.environment());
    String pass = KeyringProcess.secret(folder.resolve("pass"), PASSPHRASE).toString();
    String next = KeyringProcess.secret(folder.resolve("next"), NEXT).toString();
    String pin = KeyringProcess.secret(folder.resolve("pin"), SoftHsm.PIN).toString();
    plant(PASSPHRASE.getBytes(StandardCharsets.UTF_8));
    plant(NEXT.getBytes(StandardCharsets.UTF_8));
    plant(SoftHsm.PIN.getBytes(StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();

    said.append(sekisho.done("create", "--to", "passphrase", "--new-passphrase-file", pass));
    plantKeys(data, PASSPHRASE);
    try (SekishoProcess process = sekisho.up("--passphrase-file", pass)) {
      KmsClient kms = KeyringProcess.client(process, KmsClient.builder(), SekishoInstance.ROOT);
      kms.createKey();
      said.append(sekisho.done("rotate", "--passphrase-file", pass, "--new-passphrase-file", next));
      plantKeys(data, NEXT);
      KeyringProcess.chores(process.address());
      said.append(
          sekisho.done(
              "move",
              "--to",
              "hsm",
              "--passphrase-file",
              next,
              "--new-hsm-module",
              hsm.module(),
              "--new-hsm-pin-file",
              pin));
      KeyringProcess.chores(process.address());
      said.append(process.log());
      said.append(shown(process)).append(events(process));
      process.kill();
    }
    said.append(sekisho.refused("--passphrase-file", next).errors());
    try (SekishoProcess process = sekisho.up("--hsm-module", hsm.module(), "--hsm-pin-file", pin)) {
      said.append(shown(process)).append(events(process)).append(process.log());
      process.kill();
    }
    nowhere("what was said", said.toString().getBytes(StandardCharsets.UTF_8));
    int files = 0;
    try (Stream<Path> all = Files.walk(data)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        nowhere(file.toString(), Files.readAllBytes(file));
        files++;
      }
    }
    assertThat(files).isGreaterThan(3);
    assertThat(said).contains("kms.amazonaws.com");
  }

  private static String shown(SekishoProcess process) throws IOException {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    return Files.readString(proc.resolve("cmdline"), StandardCharsets.ISO_8859_1)
        + Files.readString(proc.resolve("environ"), StandardCharsets.ISO_8859_1);
  }

  private static String events(SekishoProcess process) {
    StringBuilder all = new StringBuilder();
    KeyringProcess.client(process, CloudTrailClient.builder(), SekishoInstance.ROOT)
        .lookupEventsPaginator()
        .events()
        .forEach(event -> all.append(event.cloudTrailEvent()));
    return all.toString();
  }

  private void plantKeys(Path data, String words) {
    Words access = new Words(words);
    StoredKeyring stored = new StoredKeyring(data.resolve("keyring"), Randomness.system());
    OpenKeyring opened = stored.open(access);
    opened.keys().values().forEach(key -> plant(key.key().reveal()));
    if (stored.header().orElseThrow().root() instanceof RootForm.FromPassphrase form) {
      plant(argon2(form, words));
    }
  }

  private static byte[] argon2(RootForm.FromPassphrase form, String words) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(form.kibibytes())
            .withIterations(form.iterations())
            .withParallelism(form.lanes())
            .withSalt(form.salt().bytes())
            .build());
    byte[] key = new byte[32];
    generator.generateBytes(words.getBytes(StandardCharsets.UTF_8), key);
    return key;
  }

  private void plant(byte[] secret) {
    planted.add(secret);
    planted.add(HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII));
    planted.add(Base64.getEncoder().withoutPadding().encode(secret));
  }

  private void nowhere(String place, byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    for (byte[] secret : planted) {
      assertThat(text.contains(new String(secret, StandardCharsets.ISO_8859_1)))
          .as("a planted secret in %s", place)
          .isFalse();
    }
  }

  private record Words(String words) implements RootAccess {

    @Override
    public Secret passphrase() {
      return Secret.of(words);
    }

    @Override
    public Secret newPassphrase() {
      return passphrase();
    }

    @Override
    public HsmToken token() {
      throw new IllegalStateException("no token here");
    }
  }
}
