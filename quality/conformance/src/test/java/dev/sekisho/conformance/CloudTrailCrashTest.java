package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sekisho.testing.SekishoInstance;
import dev.sekisho.testing.SekishoProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * The process is killed while it delivers, before the bucket has the object and after: in the end
 * every event is in one file exactly, and the digests vouch for all of them.
 */
class CloudTrailCrashTest {

  private static final int KILLS = 6;
  private static final String ROOT_KEY =
      SekishoInstance.ROOT.accessKeyId() + ":" + SekishoInstance.ROOT.secretAccessKey();

  @TempDir Path folder;

  private SekishoProcess start(ArchiveServer archive) {
    return SekishoProcess.start(
        folder.resolve("data"),
        "--dev",
        "--root-key",
        ROOT_KEY,
        "--trail-delivery-interval",
        "PT1S",
        "--archive-endpoint",
        archive.address().toString(),
        "--archive-credentials-file",
        archive.credentials(folder).toString());
  }

  private static CloudTrailClient trail(SekishoProcess process) {
    return CloudTrailClient.builder()
        .endpointOverride(process.address())
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(SekishoInstance.ROOT))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private static IamClient iam(SekishoProcess process) {
    return IamClient.builder()
        .endpointOverride(process.address())
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(SekishoInstance.ROOT))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  @Test
  void noGapAndNoDuplicateThroughKillsDuringDelivery() throws Exception {
    Random random = new Random(20_261_125);
    try (ArchiveServer archive = new ArchiveServer("logs")) {
      try (SekishoProcess process = start(archive);
          CloudTrailClient trail = trail(process)) {
        trail.createTrail(r -> r.name("all").s3BucketName("logs").enableLogFileValidation(true));
        trail.startLogging(r -> r.name("all"));
      }
      Set<String> answered = new HashSet<>();
      for (int life = 0; life < KILLS; life++) {
        answered.addAll(liveAndDie(archive, life, random.nextBoolean(), random.nextInt(3)));
      }
      try (SekishoProcess process = start(archive);
          CloudTrailClient trail = trail(process)) {
        compare(archive, process, trail, answered);
      }
    }
  }

  /** Calls until the process dies at some object, before or after it is stored. */
  private List<String> liveAndDie(ArchiveServer archive, int life, boolean before, int objects)
      throws InterruptedException {
    List<String> answered = new ArrayList<>();
    CountDownLatch dead = new CountDownLatch(1);
    try (SekishoProcess process = start(archive);
        IamClient iam = iam(process)) {
      dieAt(archive, process, before, objects, dead);
      int i = 0;
      while (dead.getCount() > 0) {
        String name = "life-" + life + "-" + i++;
        try {
          iam.createUser(r -> r.userName(name));
          answered.add(name);
        } catch (SdkException killed) {
          assertThat(dead.await(30, TimeUnit.SECONDS)).isTrue();
        }
        if (i >= 60) {
          assertThat(dead.await(60, TimeUnit.SECONDS)).as("it delivers").isTrue();
        }
      }
    }
    return answered;
  }

  private static void dieAt(
      ArchiveServer archive,
      SekishoProcess process,
      boolean before,
      int objects,
      CountDownLatch dead) {
    archive.atNextPut(
        before,
        () -> {
          if (objects > 0 && dead.getCount() > 0 && process.isAlive() && objects % 2 == 0) {
            dieAt(archive, process, before, objects - 2, dead);
            return;
          }
          process.kill();
          dead.countDown();
        });
  }

  private static void compare(
      ArchiveServer archive, SekishoProcess process, CloudTrailClient trail, Set<String> answered)
      throws Exception {
    Set<String> history = new HashSet<>();
    for (Event event :
        trail
            .lookupEventsPaginator(r ->
                r.lookupAttributes(a -> a.attributeKey("EventName").attributeValue("CreateUser")))
            .events()) {
      history.add(event.eventId());
    }
    assertThat(history).hasSizeGreaterThanOrEqualTo(answered.size());
    archive.await(now -> ids(new DeliveredFiles(now.objects())).containsAll(history));

    List<String> delivered = ids(new DeliveredFiles(archive.objects()));
    assertThat(delivered).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(history);
    List<String> names = new ArrayList<>();
    new DeliveredFiles(archive.objects())
        .records("")
        .forEach(each -> names.add(each.at("/requestParameters/userName").asText()));
    assertThat(names).containsAll(answered);
    assertThat(archive.rewritten()).isEmpty();
    assertThat(archive.forged()).isEmpty();

    try (var http = java.net.http.HttpClient.newHttpClient()) {
      http.send(
          java.net.http.HttpRequest.newBuilder(process.address().resolve("/_sekisho/dev/clock"))
              .POST(
                  java.net.http.HttpRequest.BodyPublishers.ofString(
                      "{\"advance\":\"" + Duration.ofMinutes(90) + "\"}"))
              .build(),
          java.net.http.HttpResponse.BodyHandlers.discarding());
    }
    archive.await(now -> !new DeliveredFiles(now.objects()).digests("").isEmpty());
    assertThat(new DeliveredFiles(archive.objects()).validate(trail, "_all_")).isEmpty();
  }

  private static List<String> ids(DeliveredFiles files) {
    return files.records("").stream()
        .filter(each -> each.get("eventName").asText().equals("CreateUser"))
        .map(CloudTrailCrashTest::id)
        .toList();
  }

  private static String id(JsonNode record) {
    return record.get("eventID").asText();
  }
}
