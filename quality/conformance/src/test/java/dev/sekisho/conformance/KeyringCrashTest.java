package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.testing.PlainClient;
import dev.sekisho.testing.SekishoInstance;
import dev.sekisho.testing.SekishoProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed while it seals anew what older keys have sealed: everything opens at the
 * next start, which finishes the work.
 */
class KeyringCrashTest {

  private static final int KEYS = 900;
  private static final int KILLS = 4;
  private static final int SEED = 20_261_125;
  private static final String TEXT = "c2VjcmV0";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A ciphertext of each KMS key. */
  private final Map<String, String> sealed = new LinkedHashMap<>();

  @TempDir Path folder;

  @Test
  void nothingIsLostAndTheNextStartFinishes() throws Exception {
    Random random = new Random(SEED);
    KeyringProcess sekisho = new KeyringProcess(folder.resolve("data"), Map.of());
    try (SekishoProcess process = sekisho.up()) {
      make(process);
    }
    int begun = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      sekisho.done("rotate");
      try (SekishoProcess process = sekisho.up()) {
        Thread chores =
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    KeyringProcess.chores(process.address());
                  } catch (IOException | InterruptedException killed) {
                    // As it should be.
                  }
                });
        // Not a wait for anything: the moment of the kill is what is being varied.
        long end = System.nanoTime() + (20 + random.nextInt(400)) * 1_000_000L;
        while (System.nanoTime() < end) {
          Thread.onSpinWait();
        }
        process.kill();
        chores.join();
      }
      String last =
          sekisho.done("status").lines().filter(l -> l.startsWith("key ")).toList().getLast();
      begun += last.endsWith(", 0 values") ? 0 : 1;
    }
    assertThat(begun).as("some kills came in the middle of the work").isPositive();
    try (SekishoProcess process = sekisho.up()) {
      open(process);
      KeyringProcess.chores(process.address());
      assertThat(sekisho.done("retire", "--now")).contains("key " + (KILLS + 1));
    }
    try (SekishoProcess process = sekisho.up()) {
      open(process);
    }
  }

  private void make(SekishoProcess process) throws IOException {
    try (PlainClient client = new PlainClient(process.address(), SekishoInstance.ROOT)) {
      for (int i = 0; i < KEYS; i++) {
        String key = call(client, "CreateKey", "{}", "/KeyMetadata/KeyId");
        sealed.put(
            key,
            call(
                client,
                "Encrypt",
                "{\"KeyId\":\"" + key + "\",\"Plaintext\":\"" + TEXT + "\"}",
                "/CiphertextBlob"));
      }
    }
  }

  private void open(SekishoProcess process) throws IOException {
    try (PlainClient client = new PlainClient(process.address(), SekishoInstance.ROOT)) {
      for (String ciphertext : sealed.values()) {
        assertThat(
                call(
                    client, "Decrypt", "{\"CiphertextBlob\":\"" + ciphertext + "\"}", "/Plaintext"))
            .isEqualTo(TEXT);
      }
    }
  }

  private static String call(PlainClient client, String operation, String body, String answer)
      throws IOException {
    PlainClient.Answer given = client.json("kms", "TrentService." + operation, body);
    assertThat(given.status()).as(given.body()).isEqualTo(200);
    return JSON.readTree(given.body()).at(answer).asText();
  }
}
