package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.postgres.PostgresServer;
import dev.sekisho.server.Storage;
import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.iam.IamClient;

/** Two Sekisho on one PostgreSQL deliver each event once, whichever of them served the call. */
class CloudTrailTwoNodesTest {

  @TempDir Path folder;

  @Test
  void eachEventIsDeliveredOnceAlsoWhenOneNodeStops() throws Exception {
    Assumptions.assumeTrue(PostgresServer.isInstalled(), "PostgreSQL is not installed here");
    PostgresServer.Database database = PostgresServer.shared().newDatabase();
    Path password = Files.writeString(folder.resolve("password"), database.password() + "\n");
    Storage storage =
        new Storage(
            database.url() + "?user=" + database.user(), password, folder.resolve("keyring"));
    List<String> made = new ArrayList<>();
    try (ArchiveServer archive = new ArchiveServer("logs");
        SekishoInstance second = start("second", storage, archive);
        CloudTrailClient trail = second.client(CloudTrailClient.builder())) {
      try (SekishoInstance first = start("first", storage, archive)) {
        trail.createTrail(r -> r.name("both").s3BucketName("logs").enableLogFileValidation(true));
        trail.startLogging(r -> r.name("both"));
        for (int round = 0; round < 4; round++) {
          make(first, "first-" + round, made);
          make(second, "second-" + round, made);
          List<String> wanted = List.copyOf(made);
          archive.await(now -> names(now).containsAll(wanted));
        }
        make(first, "last", made);
      }
      make(second, "alone", made);
      archive.await(now -> names(now).containsAll(made));
      second.clock().advance(Duration.ofMinutes(61));
      archive.await(now -> !new DeliveredFiles(now.objects()).digests("").isEmpty());

      assertThat(names(archive)).containsExactlyInAnyOrderElementsOf(made);
      assertThat(archive.rewritten()).isEmpty();
      DeliveredFiles files = new DeliveredFiles(archive.objects());
      assertThat(files.records(""))
          .extracting(each -> each.get("eventID").asText())
          .doesNotHaveDuplicates();
      assertThat(files.validate(trail, "_both_")).isEmpty();
    }
  }

  private SekishoInstance start(String name, Storage storage, ArchiveServer archive) {
    return SekishoInstance.start(
        folder.resolve(name), options -> options.with(storage).with(archive.options(folder)));
  }

  private static void make(SekishoInstance node, String prefix, List<String> made) {
    try (IamClient iam = node.client(IamClient.builder())) {
      for (int i = 0; i < 10; i++) {
        String name = prefix + "-" + i;
        iam.createUser(r -> r.userName(name));
        made.add(name);
      }
    }
  }

  private static List<String> names(ArchiveServer archive) {
    return new DeliveredFiles(archive.objects())
        .records("").stream()
            .filter(each -> each.get("eventName").asText().equals("CreateUser"))
            .map(each -> each.at("/requestParameters/userName").asText())
            .toList();
  }
}
