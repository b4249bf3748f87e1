package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.testing.PlainClient;
import dev.sekisho.testing.SekishoInstance;
import dev.sekisho.testing.SekishoProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed while keys are made, rotated, brought in and destroyed: no key ever says
 * Enabled whose material is lost, and what was sealed under a key that is there is opened.
 */
class KmsCrashTest {

  private static final int KILLS = 8;
  private static final int CALLERS = 4;
  private static final int SEED = 20_261_125;
  private static final String SECRET = "c2VjcmV0";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROOT_KEY =
      SekishoInstance.ROOT.accessKeyId() + ":" + SekishoInstance.ROOT.secretAccessKey();

  /** What was answered over all lives of the process: a ciphertext, and the key it is of. */
  private final Map<String, String> sealed = new ConcurrentHashMap<>();

  /** Keys whose material somebody asked to destroy, answered or not. */
  private final Set<String> given = ConcurrentHashMap.newKeySet();

  @TempDir Path folder;

  @Test
  void noKeySaysEnabledWithoutItsMaterial() throws Exception {
    Random random = new Random(SEED);
    for (int kill = 0; kill <= KILLS; kill++) {
      try (SekishoProcess process =
          SekishoProcess.start(folder.resolve("data"), "--dev", "--root-key", ROOT_KEY)) {
        verify(process);
        if (kill < KILLS) {
          loadAndKill(process, 200 + random.nextInt(1_000));
        }
      }
    }
    assertThat(sealed.size()).as("there was a load to lose").isGreaterThan(KILLS * 2);
    assertThat(given.size()).as("there were keys to destroy").isGreaterThan(KILLS / 2);
  }

  private void loadAndKill(SekishoProcess process, int millis) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(CALLERS);
    List<Thread> callers = new ArrayList<>();
    for (int caller = 0; caller < CALLERS; caller++) {
      boolean movesTheClock = caller == 0;
      callers.add(
          Thread.ofPlatform()
              .start(() -> {
                try (PlainClient client =
                    new PlainClient(process.address(), SekishoInstance.ROOT)) {
                  begun.countDown();
                  while (process.isAlive()) {
                    live(client);
                    if (movesTheClock) {
                      advance(process.address());
                    }
                  }
                } catch (IOException | InterruptedException killed) {
                  begun.countDown();
                }
              }));
    }
    begun.await();
    // Not a wait for anything: the moment of the kill is what is being varied.
    long end = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    process.kill();
    for (Thread caller : callers) {
      caller.join();
    }
  }

  /** The lives of three keys: one rotates, one is deleted, one is brought in and destroyed. */
  private void live(PlainClient client) throws IOException {
    String rotating = create(client, "{}");
    seal(client, rotating);
    call(client, "EnableKeyRotation", "\"KeyId\":\"" + rotating + "\",\"RotationPeriodInDays\":90");
    call(client, "RotateKeyOnDemand", "\"KeyId\":\"" + rotating + "\"");
    seal(client, rotating);

    String deleted = create(client, "{}");
    seal(client, deleted);
    given.add(deleted);
    call(client, "ScheduleKeyDeletion", "\"KeyId\":\"" + deleted + "\",\"PendingWindowInDays\":7");

    String imported = create(client, "{\"Origin\":\"EXTERNAL\"}");
    bring(client, imported);
    seal(client, imported);
    given.add(imported);
    call(client, "DeleteImportedKeyMaterial", "\"KeyId\":\"" + imported + "\"");
  }

  private static String create(PlainClient client, String body) throws IOException {
    return read(client.json("kms", "TrentService.CreateKey", body))
        .at("/KeyMetadata/KeyId")
        .asText();
  }

  private void seal(PlainClient client, String key) throws IOException {
    JsonNode answer =
        call(client, "Encrypt", "\"KeyId\":\"" + key + "\",\"Plaintext\":\"" + SECRET + "\"");
    String ciphertext = answer.at("/CiphertextBlob").asText();
    if (!ciphertext.isEmpty()) {
      sealed.put(ciphertext, key);
    }
  }

  private static void bring(PlainClient client, String key) throws IOException {
    JsonNode parameters =
        call(
            client,
            "GetParametersForImport",
            "\"KeyId\":\""
                + key
                + "\",\"WrappingAlgorithm\":\"RSAES_OAEP_SHA_256\","
                + "\"WrappingKeySpec\":\"RSA_2048\"");
    byte[] material = new byte[32];
    Arrays.fill(material, (byte) key.hashCode());
    byte[] wrapped =
        WrappedMaterial.wrap(
            Base64.getDecoder().decode(parameters.at("/PublicKey").asText()),
            "RSAES_OAEP_SHA_256",
            material);
    call(
        client,
        "ImportKeyMaterial",
        "\"KeyId\":\""
            + key
            + "\",\"ExpirationModel\":\"KEY_MATERIAL_DOES_NOT_EXPIRE\",\"ImportToken\":\""
            + parameters.at("/ImportToken").asText()
            + "\",\"EncryptedKeyMaterial\":\""
            + Base64.getEncoder().encodeToString(wrapped)
            + "\"");
  }

  /** Time goes by, so that the sweep rotates and deletes what is due. */
  private static void advance(URI address) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      http.send(
          HttpRequest.newBuilder(address.resolve("/_sekisho/dev/clock"))
              .POST(HttpRequest.BodyPublishers.ofString("{\"advance\":\"P8D\"}"))
              .build(),
          HttpResponse.BodyHandlers.discarding());
    }
  }

  private void verify(SekishoProcess process) throws IOException {
    try (PlainClient client = new PlainClient(process.address(), SekishoInstance.ROOT)) {
      for (String key : keys(client)) {
        String state =
            call(client, "DescribeKey", "\"KeyId\":\"" + key + "\"")
                .at("/KeyMetadata/KeyState")
                .asText();
        assertThat(state).isIn("Enabled", "PendingImport", "PendingDeletion");
        if (state.equals("Enabled")) {
          JsonNode made =
              call(client, "Encrypt", "\"KeyId\":\"" + key + "\",\"Plaintext\":\"" + SECRET + "\"");
          assertThat(open(client, made.at("/CiphertextBlob").asText())).isEqualTo(SECRET);
        }
      }
      for (Map.Entry<String, String> each : sealed.entrySet()) {
        if (!given.contains(each.getValue())) {
          assertThat(open(client, each.getKey())).as("of %s", each.getValue()).isEqualTo(SECRET);
        }
      }
    }
  }

  private static List<String> keys(PlainClient client) throws IOException {
    List<String> keys = new ArrayList<>();
    String marker = "";
    do {
      JsonNode page =
          call(
              client,
              "ListKeys",
              "\"Limit\":1000" + (marker.isEmpty() ? "" : ",\"Marker\":\"" + marker + "\""));
      page.at("/Keys").forEach(key -> keys.add(key.at("/KeyId").asText()));
      marker = page.at("/NextMarker").asText("");
    } while (!marker.isEmpty());
    return keys;
  }

  private static String open(PlainClient client, String ciphertext) throws IOException {
    return call(client, "Decrypt", "\"CiphertextBlob\":\"" + ciphertext + "\"")
        .at("/Plaintext")
        .asText();
  }

  private static JsonNode call(PlainClient client, String operation, String members)
      throws IOException {
    return read(client.json("kms", "TrentService." + operation, "{" + members + "}"));
  }

  private static JsonNode read(PlainClient.Answer answer) throws IOException {
    return JSON.readTree(answer.body());
  }
}
