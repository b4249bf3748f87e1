package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.testing.PlainClient;
import dev.sekisho.testing.SekishoInstance;
import dev.sekisho.testing.SekishoProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed at random under load, again and again: whatever was answered is there at
 * the next start, with its event, and nothing is half-done.
 */
class CrashTest {

  /** Of one caller in one life, so that all lives together stay below the quota of 5,000. */
  private static final int MOST_USERS = 12;

  private static final int KILLS = 25;
  private static final int CALLERS = 6;
  private static final int SEED = 20_261_124;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern USER = Pattern.compile("<UserName>([^<]+)</UserName>");
  private static final Pattern MARKER = Pattern.compile("<Marker>([^<]+)</Marker>");
  private static final String ROOT_KEY =
      SekishoInstance.ROOT.accessKeyId() + ":" + SekishoInstance.ROOT.secretAccessKey();

  /** What callers know to have been answered in one life of the process. */
  private static final class Answered {
    private final Set<String> users = ConcurrentHashMap.newKeySet();
    private final Map<String, String> ciphertexts = new ConcurrentHashMap<>();
  }

  @TempDir Path folder;

  @Test
  void whatWasAnsweredSurvivesFiftyKills() throws Exception {
    Random random = new Random(SEED);
    Set<String> all = new HashSet<>();
    Answered last = new Answered();
    int answers = 0;
    for (int kill = 0; kill <= KILLS; kill++) {
      try (SekishoProcess process =
          SekishoProcess.start(folder.resolve("data"), "--dev", "--root-key", ROOT_KEY)) {
        all.addAll(last.users);
        verify(process, kill - 1, all, last);
        answers += last.users.size() + last.ciphertexts.size();
        if (kill < KILLS) {
          last = loadAndKill(process, kill, 20 + random.nextInt(300));
        }
      }
    }
    assertThat(answers).as("there was a load to lose").isGreaterThan(KILLS * 20);
  }

  private static Answered loadAndKill(SekishoProcess process, int life, int millis)
      throws InterruptedException {
    Answered answered = new Answered();
    CountDownLatch begun = new CountDownLatch(CALLERS);
    List<Thread> callers = new ArrayList<>();
    for (int caller = 0; caller < CALLERS; caller++) {
      String name = "life-" + life + "-caller-" + caller;
      callers.add(
          Thread.ofPlatform()
              .start(() -> {
                try (PlainClient client =
                    new PlainClient(process.address(), SekishoInstance.ROOT)) {
                  for (int i = 0; ; i++) {
                    call(client, name, i, answered);
                    begun.countDown();
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
    return answered;
  }

  private static void call(PlainClient client, String caller, int number, Answered answered)
      throws IOException {
    if (number < MOST_USERS) {
      String name = caller + "-" + number;
      PlainClient.Answer made =
          client.form("iam", "Action=CreateUser&Version=2010-05-08&UserName=" + name);
      if (made.status() == 200) {
        answered.users.add(name);
      }
    }
    if (number % 10 == 0 || number >= MOST_USERS) {
      PlainClient.Answer key = client.json("kms", "TrentService.CreateKey", "{}");
      if (key.status() == 200) {
        String id = JSON.readTree(key.body()).at("/KeyMetadata/KeyId").asText();
        PlainClient.Answer encrypted =
            client.json(
                "kms",
                "TrentService.Encrypt",
                "{\"KeyId\":\"" + id + "\",\"Plaintext\":\"c2VjcmV0\"}");
        if (encrypted.status() == 200) {
          answered.ciphertexts.put(
              id, JSON.readTree(encrypted.body()).at("/CiphertextBlob").asText());
        }
      }
    }
  }

  private static void verify(SekishoProcess process, int life, Set<String> all, Answered last)
      throws IOException {
    try (PlainClient client = new PlainClient(process.address(), SekishoInstance.ROOT)) {
      Set<String> users = users(client);
      assertThat(users).as("after kill %d every answered user is there", life).containsAll(all);
      // A user made by a call that was cut off is there whole, with its event, or not at all.
      all.addAll(users);
      Map<String, Integer> events = events(client, life);
      for (String user : users) {
        if (user.startsWith("life-" + life + "-")) {
          assertThat(events).as("the event of %s", user).containsEntry(user, 1);
        }
      }
      assertThat(users).as("no event without its change").containsAll(events.keySet());
      for (Map.Entry<String, String> each : last.ciphertexts.entrySet()) {
        PlainClient.Answer opened =
            client.json(
                "kms", "TrentService.Decrypt", "{\"CiphertextBlob\":\"" + each.getValue() + "\"}");
        assertThat(opened.body()).contains("c2VjcmV0");
      }
    }
  }

  private static Set<String> users(PlainClient client) throws IOException {
    Set<String> users = new HashSet<>();
    String marker = "";
    do {
      PlainClient.Answer page =
          client.form(
              "iam",
              "Action=ListUsers&Version=2010-05-08&MaxItems=1000"
                  + (marker.isEmpty() ? "" : "&Marker=" + marker));
      assertThat(page.status()).isEqualTo(200);
      for (Matcher found = USER.matcher(page.body()); found.find(); ) {
        users.add(found.group(1));
      }
      Matcher more = MARKER.matcher(page.body());
      marker = more.find() ? more.group(1) : "";
    } while (!marker.isEmpty());
    return users;
  }

  /** How many CreateUser events without an error the users of the life have. */
  private static Map<String, Integer> events(PlainClient client, int life) throws IOException {
    Map<String, Integer> events = new HashMap<>();
    String token = "";
    boolean inLife = life >= 0;
    while (inLife) {
      PlainClient.Answer page =
          client.json(
              "cloudtrail",
              "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents",
              "{\"LookupAttributes\":[{\"AttributeKey\":\"EventName\","
                  + "\"AttributeValue\":\"CreateUser\"}]"
                  + (token.isEmpty() ? "" : ",\"NextToken\":\"" + token + "\"")
                  + "}");
      assertThat(page.status()).isEqualTo(200);
      JsonNode answer = JSON.readTree(page.body());
      for (JsonNode event : answer.get("Events")) {
        JsonNode record = JSON.readTree(event.get("CloudTrailEvent").asText());
        String user = record.at("/responseElements/user/userName").asText();
        inLife = user.startsWith("life-" + life + "-");
        if (!inLife) {
          break;
        }
        events.merge(user, 1, Integer::sum);
      }
      token = answer.path("NextToken").asText("");
      inLife = inLife && !token.isEmpty();
    }
    return events;
  }
}
