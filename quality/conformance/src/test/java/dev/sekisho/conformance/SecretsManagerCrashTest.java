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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed while values are put and a secret rotates: no answered value is lost, and
 * the next start brings the rotation to its end.
 */
class SecretsManagerCrashTest {

  private static final int KILLS = 4;
  private static final int WRITERS = 3;
  private static final int SEED = 20_261_127;
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000001:function:crash";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROOT_KEY =
      SekishoInstance.ROOT.accessKeyId() + ":" + SekishoInstance.ROOT.secretAccessKey();

  private final AtomicIntegerArray tried = new AtomicIntegerArray(WRITERS);
  private final AtomicIntegerArray answered = new AtomicIntegerArray(WRITERS);
  private int rotated;

  @TempDir Path folder;

  @Test
  void noAnsweredValueIsLostAndEveryRotationEnds() throws Exception {
    Random random = new Random(SEED);
    try (RotationFunction function = new RotationFunction()) {
      for (int kill = 0; kill <= KILLS; kill++) {
        try (SekishoProcess process =
            SekishoProcess.start(
                folder.resolve("data"),
                "--dev",
                "--root-key",
                ROOT_KEY,
                "--function-endpoint",
                FUNCTION + "=" + function.address())) {
          function.serve(process.address());
          try (PlainClient client = new PlainClient(process.address(), SekishoInstance.ROOT)) {
            if (kill == 0) {
              create(client);
            } else {
              // The dead process's claim on the rotation is over by then; its clock was moved too.
              advance(process.address(), Duration.ofHours(kill));
              verify(client, function);
            }
          }
          if (kill < KILLS) {
            loadAndKill(process, 150 + random.nextInt(500));
          }
        }
      }
    }
    assertThat(answered.get(0)).as("there was a load to lose").isGreaterThan(KILLS);
    assertThat(rotated).as("there were rotations to end").isPositive();
  }

  private static void create(PlainClient client) throws IOException {
    for (int writer = 0; writer < WRITERS; writer++) {
      call(client, "CreateSecret", "{\"Name\":\"w" + writer + "\",\"SecretString\":\"0\"}");
    }
    call(client, "CreateSecret", "{\"Name\":\"rotating\",\"SecretString\":\"first\"}");
  }

  private void loadAndKill(SekishoProcess process, int millis) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(WRITERS + 1);
    List<Thread> callers = new ArrayList<>();
    for (int caller = 0; caller <= WRITERS; caller++) {
      int writer = caller;
      callers.add(
          Thread.ofPlatform()
              .start(() -> {
                try (PlainClient client =
                    new PlainClient(process.address(), SekishoInstance.ROOT)) {
                  begun.countDown();
                  while (process.isAlive()) {
                    if (writer == WRITERS) {
                      rotate(client);
                    } else {
                      put(client, writer);
                    }
                  }
                } catch (IOException killed) {
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

  private void put(PlainClient client, int writer) throws IOException {
    int value = tried.incrementAndGet(writer);
    JsonNode answer =
        call(
            client,
            "PutSecretValue",
            "{\"SecretId\":\"w" + writer + "\",\"SecretString\":\"" + value + "\"}");
    if (answer.has("VersionId")) {
      answered.set(writer, value);
    }
  }

  /** Refused while the rotation before is not over, which is as good. */
  private static void rotate(PlainClient client) throws IOException {
    call(
        client,
        "RotateSecret",
        "{\"SecretId\":\"rotating\",\"RotationLambdaARN\":\""
            + FUNCTION
            + "\",\"RotationRules\":{\"AutomaticallyAfterDays\":30}}");
  }

  private void verify(PlainClient client, RotationFunction function) throws IOException {
    for (int writer = 0; writer < WRITERS; writer++) {
      assertThat(Integer.parseInt(value(client, "w" + writer)))
          .isBetween(answered.get(writer), tried.get(writer));
    }
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (isPending(client)) {
      assertThat(System.nanoTime()).as("the rotation ends").isLessThan(end);
      Thread.onSpinWait();
    }
    String value = value(client, "rotating");
    if (!value.equals("first")) {
      assertThat(value).isEqualTo(function.databasePassword());
      rotated++;
    }
  }

  private static boolean isPending(PlainClient client) throws IOException {
    JsonNode stages =
        call(client, "DescribeSecret", "{\"SecretId\":\"rotating\"}").at("/VersionIdsToStages");
    for (JsonNode labels : stages) {
      String text = labels.toString();
      if (text.contains("AWSPENDING") && !text.contains("AWSCURRENT")) {
        return true;
      }
    }
    return false;
  }

  private static String value(PlainClient client, String id) throws IOException {
    return call(client, "GetSecretValue", "{\"SecretId\":\"" + id + "\"}")
        .at("/SecretString")
        .asText();
  }

  private static JsonNode call(PlainClient client, String operation, String body)
      throws IOException {
    return JSON.readTree(client.json("secretsmanager", "secretsmanager." + operation, body).body());
  }

  private static void advance(URI address, Duration time) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      http.send(
          HttpRequest.newBuilder(address.resolve("/_sekisho/dev/clock"))
              .POST(HttpRequest.BodyPublishers.ofString("{\"advance\":\"" + time + "\"}"))
              .build(),
          HttpResponse.BodyHandlers.discarding());
    }
  }
}
