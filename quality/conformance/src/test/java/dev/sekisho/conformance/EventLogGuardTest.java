package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.Transaction;
import dev.sekisho.events.Event;
import dev.sekisho.events.EventLog;
import dev.sekisho.testing.SekishoInstance;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * Nobody alters what happened. Where that is guaranteed: two classes hold the only statements that
 * take events out of the log's tables, none changes a row, and no service reaches either class.
 */
class EventLogGuardTest {

  private static final Path ROOT = Path.of("../..");
  private static final Pattern WRITES =
      Pattern.compile(
          "\\b(delete\\s+from|update|insert\\s+into|drop\\s+table|truncate)\\s+"
              + "(event|event_segment|event_lookup)\\b");

  @Test
  void onlyTheEventLogWritesItsTables() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path source : sources()) {
      // A statement may go over several literals.
      String text = Files.readString(source).replaceAll("\"\\s*\\+\\s*\"", "");
      WRITES
          .matcher(text)
          .results()
          .forEach(each ->
              found.add(
                  source.getFileName()
                      + ": "
                      + each.group(1).replaceAll("\\s+", " ")
                      + " "
                      + each.group(2)));
    }
    assertThat(new TreeSet<>(found))
        .containsExactly(
            "EventLog.java: insert into event",
            "EventSealing.java: delete from event",
            "SegmentStore.java: delete from event_lookup",
            "SegmentStore.java: delete from event_segment",
            "SegmentStore.java: insert into event_lookup",
            "SegmentStore.java: insert into event_segment");
  }

  @Test
  void noServiceReachesWhatDropsEvents() throws IOException {
    List<String> users = new ArrayList<>();
    for (Path source : sources()) {
      String text = Files.readString(source);
      if (text.contains("EventRetention") || text.contains("EventSealing")) {
        users.add(ROOT.relativize(source).getName(0) + "/" + source.getFileName());
      }
    }
    assertThat(users)
        .allMatch(each ->
            each.startsWith("platform/Event")
                || each.equals("apps/Sekisho.java")
                || each.equals("platform/DroppedRecord.java"));
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String wing : List.of("platform", "engines", "services", "apps")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(wing))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> file.toString().contains("/src/main/"))
            .forEach(sources::add);
      }
    }
    assertThat(sources).hasSizeGreaterThan(300);
    return sources;
  }

  @Test
  void whatServicesHaveOfTheLogAddsAndReads() {
    assertThat(
            Arrays.stream(EventLog.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName))
        .containsOnly("append", "after", "find");
    assertThat(EventLog.class.getDeclaredMethods())
        .filteredOn(method -> method.getName().equals("append"))
        .extracting(Method::getParameterTypes)
        .containsExactlyInAnyOrder(
            new Class<?>[] {Event.class},
            new Class<?>[] {List.class},
            new Class<?>[] {Transaction.class, Event.class});
  }

  @Test
  void rootRemovesItsTrailsAndUsersAndTheHistoryStays(@TempDir Path folder) throws Exception {
    try (ArchiveServer archive = new ArchiveServer("logs");
        SekishoInstance sekisho =
            SekishoInstance.start(
                folder.resolve("data"), options -> options.with(archive.options(folder)));
        CloudTrailClient trail = sekisho.client(CloudTrailClient.builder());
        IamClient iam = sekisho.client(IamClient.builder())) {
      trail.createTrail(r -> r.name("mine").s3BucketName("logs"));
      trail.startLogging(r -> r.name("mine"));
      iam.createUser(r -> r.userName("thief"));
      List<software.amazon.awssdk.services.cloudtrail.model.Event> before =
          trail.lookupEvents().events();

      trail.stopLogging(r -> r.name("mine"));
      trail.deleteTrail(r -> r.name("mine"));
      iam.deleteUser(r -> r.userName("thief"));
      for (String operation :
          List.of("DeleteEventDataStore", "StopEventDataStoreIngestion", "DeleteChannel")) {
        assertThatThrownBy(() -> unserved(trail, operation))
            .isInstanceOf(AwsServiceException.class);
      }

      assertThat(trail.lookupEvents().events())
          .containsAll(before)
          .extracting(each -> each.eventName())
          .contains("StopLogging", "DeleteTrail", "DeleteUser", "DeleteEventDataStore");
    }
  }

  private static void unserved(CloudTrailClient trail, String operation) {
    String arn = "arn:aws:cloudtrail:us-east-1:000000000001:x/y";
    switch (operation) {
      case "DeleteEventDataStore" -> trail.deleteEventDataStore(r -> r.eventDataStore(arn));
      case "StopEventDataStoreIngestion" ->
          trail.stopEventDataStoreIngestion(r -> r.eventDataStore(arn));
      default -> trail.deleteChannel(r -> r.channel(arn));
    }
  }
}
