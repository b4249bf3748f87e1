package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.testing.SekishoInstance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.GetTrailStatusResponse;
import software.amazon.awssdk.services.cloudtrail.model.ReadWriteType;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;

/** What trails take comes to their buckets, once, and can be proved to be what it was. */
class CloudTrailDeliveryTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACCOUNT = SekishoInstance.ACCOUNT;

  @TempDir Path folder;

  private ArchiveServer archive;
  private SekishoInstance sekisho;
  private CloudTrailClient trail;
  private IamClient iam;

  @BeforeEach
  void start() throws Exception {
    archive = new ArchiveServer("logs", "others");
    open();
  }

  private void open() {
    sekisho =
        SekishoInstance.start(
            folder.resolve("data"), options -> options.with(archive.options(folder)));
    trail = sekisho.client(CloudTrailClient.builder());
    iam = sekisho.client(IamClient.builder());
  }

  private void shut() {
    iam.close();
    trail.close();
    sekisho.close();
  }

  @AfterEach
  void stop() {
    shut();
    archive.close();
    assertThat(archive.forged()).isEmpty();
  }

  private void logging(String name) {
    trail.createTrail(r -> r.name(name).s3BucketName("logs").enableLogFileValidation(true));
    trail.startLogging(r -> r.name(name));
  }

  private DeliveredFiles files() {
    return new DeliveredFiles(archive.objects());
  }

  private static boolean has(DeliveredFiles files, String eventName) {
    return files.records("").stream()
        .anyMatch(each -> each.get("eventName").asText().equals(eventName));
  }

  private void awaitEvent(String eventName) throws InterruptedException {
    archive.await(now -> has(new DeliveredFiles(now.objects()), eventName));
  }

  private void awaitDigests(int count) throws InterruptedException {
    archive.await(now -> new DeliveredFiles(now.objects()).digests("").size() >= count);
  }

  @Test
  void eventsComeUnderAwsNamesInAwsForm() throws Exception {
    trail.createTrail(r -> r.name("first").s3BucketName("logs").s3KeyPrefix("some/prefix"));
    iam.createUser(r -> r.userName("before"));
    trail.startLogging(r -> r.name("first"));

    iam.createUser(r -> r.userName("during"));
    awaitEvent("CreateUser");

    DeliveredFiles files = files();
    List<JsonNode> made =
        files.records("").stream()
            .filter(each -> each.get("eventName").asText().equals("CreateUser"))
            .toList();
    assertThat(made)
        .extracting(each -> each.at("/requestParameters/userName").asText())
        .containsExactly("during");
    assertThat(made.getFirst().get("eventCategory").asText()).isEqualTo("Management");
    assertThat(files.logs("").keySet())
        .allMatch(name ->
            name.matches(
                "logs/some/prefix/AWSLogs/"
                    + ACCOUNT
                    + "/CloudTrail/us-east-1/\\d{4}/\\d{2}/\\d{2}/"
                    + ACCOUNT
                    + "_CloudTrail_us-east-1_\\d{8}T\\d{4}Z_[A-Za-z0-9]{16}\\.json\\.gz"));
    ArchiveServer.Stored stored = files.logs("").values().iterator().next();
    assertThat(stored.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("content-encoding", "gzip")
        .containsEntry("x-amz-acl", "bucket-owner-full-control");
  }

  @Test
  void statusSaysWhatBucketsSay() throws Exception {
    logging("watched");
    GetTrailStatusResponse status = trail.getTrailStatus(r -> r.name("watched"));
    assertThat(status.isLogging()).isTrue();
    assertThat(status.latestDeliveryError()).isNull();
    awaitEvent("StartLogging");
    archive.remove("logs");
    int refused = archive.refused();

    iam.createUser(r -> r.userName("waits"));
    archive.await(now -> now.refused() > refused);

    awaitStatus("watched", each -> "NoSuchBucket".equals(each.latestDeliveryError()));
    status = trail.getTrailStatus(r -> r.name("watched"));
    assertThat(status.latestDeliveryTime()).isNotNull();
    assertThat(status.latestDeliveryAttemptTime()).isNotBlank();
    assertThat(status.latestDeliveryAttemptSucceeded()).isEmpty();

    archive.add("logs");
    awaitEvent("CreateUser");
    awaitStatus("watched", each -> each.latestDeliveryError() == null);
  }

  private void awaitStatus(
      String name, java.util.function.Predicate<GetTrailStatusResponse> condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    GetTrailStatusResponse status = trail.getTrailStatus(r -> r.name(name));
    while (!condition.test(status)) {
      assertThat(System.nanoTime()).as("%s", status).isLessThan(end);
      Thread.onSpinWait();
      status = trail.getTrailStatus(r -> r.name(name));
    }
  }

  @Test
  void whatWaitsGoesWhereTheTrailGoesThen() throws Exception {
    logging("moved");
    awaitEvent("StartLogging");
    archive.remove("logs");
    int refused = archive.refused();
    iam.createUser(r -> r.userName("waits"));
    archive.await(now -> now.refused() > refused);

    trail.updateTrail(r -> r.name("moved").s3BucketName("others"));

    awaitEvent("CreateUser");
    assertThat(files().logs("others/").size()).isPositive();
  }

  @Test
  void everyEventComesOnceThroughRefusalsAndStarts() throws Exception {
    logging("exact");
    Set<String> made = new HashSet<>();
    for (int round = 0; round < 3; round++) {
      archive.refuse(round == 1 ? "SlowDown" : null);
      for (int i = 0; i < 20; i++) {
        String name = "user-" + round + "-" + i;
        iam.createUser(r -> r.userName(name));
        made.add(name);
      }
      if (round == 1) {
        archive.await(now -> now.refused() > 0);
      }
      shut();
      open();
    }
    archive.refuse(null);
    archive.await(now -> names(new DeliveredFiles(now.objects())).size() >= made.size());

    assertThat(names(files())).containsExactlyInAnyOrderElementsOf(made);
    List<String> ids =
        files().records("").stream().map(each -> each.get("eventID").asText()).toList();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(archive.rewritten()).isEmpty();
  }

  private static List<String> names(DeliveredFiles files) {
    return files.records("").stream()
        .filter(each -> each.get("eventName").asText().equals("CreateUser"))
        .map(each -> each.at("/requestParameters/userName").asText())
        .toList();
  }

  @Test
  void aStoppedTrailTakesNothingUntilItStartsAgain() throws Exception {
    logging("paused");
    iam.createUser(r -> r.userName("one"));
    trail.stopLogging(r -> r.name("paused"));
    iam.createUser(r -> r.userName("two"));
    trail.startLogging(r -> r.name("paused"));
    iam.createUser(r -> r.userName("three"));
    trail.stopLogging(r -> r.name("paused"));
    iam.createUser(r -> r.userName("four"));
    trail.startLogging(r -> r.name("paused"));
    iam.createUser(r -> r.userName("five"));

    archive.await(now -> names(new DeliveredFiles(now.objects())).contains("five"));

    assertThat(names(files())).containsExactlyInAnyOrder("one", "three", "five");
  }

  @Test
  void digestsProveAllFilesAndEachHourAlsoWhenNothingHappens() throws Exception {
    logging("proved");
    iam.createUser(r -> r.userName("proof"));
    awaitEvent("CreateUser");
    sekisho.clock().advance(Duration.ofMinutes(61));
    awaitDigests(1);
    sekisho.clock().advance(Duration.ofHours(1));
    awaitDigests(2);
    shut();
    open();
    sekisho.clock().advance(Duration.ofHours(3).plusMinutes(1));
    awaitDigests(3);

    DeliveredFiles files = files();
    assertThat(files.validate(trail, "proved")).isEmpty();
    List<String> digests = files.digests("proved");
    assertThat(digests)
        .allMatch(name ->
            name.matches(
                "logs/AWSLogs/"
                    + ACCOUNT
                    + "/CloudTrail-Digest/us-east-1/\\d{4}/\\d{2}/\\d{2}/"
                    + ACCOUNT
                    + "_CloudTrail-Digest_us-east-1_proved_us-east-1_\\d{8}T\\d{6}Z\\.json\\.gz"));
    JsonNode previous = null;
    Set<String> listed = new HashSet<>();
    for (String name : digests) {
      JsonNode digest = DeliveredFiles.read(archive.objects().get(name));
      if (previous == null) {
        assertThat(digest.get("previousDigestS3Object").isNull()).isTrue();
      } else {
        assertThat(digest.get("digestStartTime")).isEqualTo(previous.get("digestEndTime"));
      }
      digest.get("logFiles").forEach(each -> listed.add("logs/" + each.get("s3Object").asText()));
      previous = digest;
    }
    assertThat(files.logs("").keySet()).containsAll(listed);
    assertThat(listed).isNotEmpty();
  }

  @Test
  void nothingCanBeAlteredThatADigestHasSeen() throws Exception {
    logging("guarded");
    iam.createUser(r -> r.userName("seen"));
    awaitEvent("CreateUser");
    for (int hour = 1; hour <= 3; hour++) {
      sekisho.clock().advance(Duration.ofMinutes(61));
      awaitDigests(hour);
    }
    Map<String, ArchiveServer.Stored> whole = archive.objects();
    List<String> digests = files().digests("guarded");
    String log =
        "logs/"
            + DeliveredFiles.read(whole.get(digests.getFirst()))
                .at("/logFiles/0/s3Object")
                .asText();
    assertThat(whole).containsKey(log);

    assertThat(new DeliveredFiles(whole).validate(trail, "guarded")).isEmpty();
    for (String name : List.of(log, digests.getFirst(), digests.get(1), digests.getLast())) {
      Map<String, ArchiveServer.Stored> without = new java.util.TreeMap<>(whole);
      without.remove(name);
      if (!name.equals(digests.getLast())) {
        assertThat(new DeliveredFiles(without).validate(trail, "guarded")).as(name).isNotEmpty();
      }
      Map<String, ArchiveServer.Stored> altered = new java.util.TreeMap<>(whole);
      altered.put(name, altered(whole.get(name)));
      assertThat(new DeliveredFiles(altered).validate(trail, "guarded")).as(name).isNotEmpty();
    }
    Map<String, ArchiveServer.Stored> unsigned = new java.util.TreeMap<>(whole);
    ArchiveServer.Stored signed = whole.get(digests.getLast());
    Map<String, String> headers = new java.util.TreeMap<>(signed.headers());
    headers.put(
        "x-amz-meta-signature", whole.get(digests.get(1)).headers().get("x-amz-meta-signature"));
    unsigned.put(digests.getLast(), new ArchiveServer.Stored(signed.body(), headers));
    assertThat(new DeliveredFiles(unsigned).validate(trail, "guarded")).isNotEmpty();
  }

  /** The same with one letter changed and compressed again. */
  private static ArchiveServer.Stored altered(ArchiveServer.Stored stored) throws Exception {
    String text = new String(DeliveredFiles.unzipped(stored), StandardCharsets.UTF_8);
    String changed = text.replaceFirst("us-east-1", "us-east-2");
    assertThat(changed).isNotEqualTo(text);
    var bytes = new java.io.ByteArrayOutputStream();
    try (var gzip = new java.util.zip.GZIPOutputStream(bytes)) {
      gzip.write(changed.getBytes(StandardCharsets.UTF_8));
    }
    return new ArchiveServer.Stored(bytes.toByteArray(), stored.headers());
  }

  @Test
  void aTrailTakesWhatItsSelectorsTake() throws Exception {
    logging("chosen");
    trail.putEventSelectors(r ->
        r.trailName("chosen")
            .eventSelectors(s ->
                s.readWriteType(ReadWriteType.WRITE_ONLY)
                    .excludeManagementEventSources("kms.amazonaws.com")));
    try (KmsClient kms = sekisho.client(KmsClient.builder())) {
      kms.createKey();
    }
    iam.listUsers();
    iam.createUser(r -> r.userName("chosen"));

    awaitEvent("CreateUser");

    assertThat(files().records(""))
        .extracting(each -> each.get("eventName").asText())
        .contains("CreateUser")
        .doesNotContain("CreateKey", "ListUsers");
  }

  @Test
  void aTrailOfAllRegionsHasFilesOfEach() throws Exception {
    trail.createTrail(r -> r.name("everywhere").s3BucketName("logs").isMultiRegionTrail(true));
    trail.createTrail(r -> r.name("here").s3BucketName("others"));
    trail.startLogging(r -> r.name("everywhere"));
    trail.startLogging(r -> r.name("here"));
    try (KmsClient kms = sekisho.client(KmsClient.builder(), Region.EU_WEST_1)) {
      kms.createKey();
    }
    iam.createUser(r -> r.userName("last"));

    archive.await(now ->
        names(new DeliveredFiles(now.objects())).size() == 2
            && has(new DeliveredFiles(now.objects()), "CreateKey"));

    assertThat(files().records("/eu-west-1/"))
        .extracting(each -> each.get("eventName").asText())
        .containsExactly("CreateKey");
    assertThat(files().logs("others/").keySet()).allMatch(name -> name.contains("/us-east-1/"));
  }

  @Test
  void eachDeliveryIsToldToItsTopicSigned() throws Exception {
    archive.refuseNotifications(1);
    trail.createTrail(r -> r.name("told").s3BucketName("logs").snsTopicName(ArchiveServer.TOPIC));
    trail.startLogging(r -> r.name("told"));
    sekisho.clock().advance(Duration.ofMinutes(1));
    iam.createUser(r -> r.userName("told"));
    awaitEvent("CreateUser");
    sekisho.clock().advance(Duration.ofMinutes(1));
    archive.await(now -> !now.notifications().isEmpty());

    JsonNode told = JSON.readTree(archive.notifications().getFirst());
    JsonNode message = JSON.readTree(told.get("Message").asText());
    assertThat(message.get("s3Bucket").asText()).isEqualTo("logs");
    assertThat(archive.objects()).containsKey("logs/" + message.at("/s3ObjectKey/0").asText());
    assertThat(told.get("TopicArn").asText()).isEqualTo(ArchiveServer.TOPIC);
    PublicKey key = DeliveredFiles.keys(trail).get(told.get("SigningKeyFingerprint").asText());
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(key);
    verifier.update(
        "Message\n%s\nMessageId\n%s\nTimestamp\n%s\nTopicArn\n%s\nType\nNotification\n"
            .formatted(
                told.get("Message").asText(),
                told.get("MessageId").asText(),
                told.get("Timestamp").asText(),
                told.get("TopicArn").asText())
            .getBytes(StandardCharsets.UTF_8));
    assertThat(verifier.verify(Base64.getDecoder().decode(told.get("Signature").asText())))
        .isTrue();
    awaitStatus("told", each -> each.latestNotificationTime() != null);
  }

  @Test
  void aTrailsKeyIsAskedFor() throws Exception {
    String key = "arn:aws:kms:us-east-1:" + ACCOUNT + ":key/12345678-1234-1234-1234-123456789012";
    trail.createTrail(r -> r.name("sealed").s3BucketName("logs").kmsKeyId(key));
    trail.startLogging(r -> r.name("sealed"));
    awaitEvent("StartLogging");

    ArchiveServer.Stored stored = files().logs("").values().iterator().next();
    assertThat(stored.headers())
        .containsEntry("x-amz-server-side-encryption", "aws:kms")
        .containsEntry("x-amz-server-side-encryption-aws-kms-key-id", key);
    String context =
        new String(
            Base64.getDecoder()
                .decode(stored.headers().get("x-amz-server-side-encryption-context")),
            StandardCharsets.UTF_8);
    assertThat(JSON.readTree(context).get("aws:cloudtrail:arn").asText())
        .isEqualTo("arn:aws:cloudtrail:us-east-1:" + ACCOUNT + ":trail/sealed");
  }

  @Test
  void aClockThatIsSetBackLosesNothing() throws Exception {
    logging("timeless");
    iam.createUser(r -> r.userName("future"));
    archive.await(now -> names(new DeliveredFiles(now.objects())).contains("future"));
    sekisho.clock().advance(Duration.ofDays(400));
    awaitDigests(1);
    sekisho.clock().advance(Duration.ofDays(-400));
    iam.createUser(r -> r.userName("past"));
    archive.await(now -> names(new DeliveredFiles(now.objects())).contains("past"));
    int before = files().digests("").size();
    sekisho.clock().advance(Duration.ofMinutes(61));
    awaitDigests(before + 1);

    assertThat(names(files())).containsExactlyInAnyOrder("future", "past");
  }
}
