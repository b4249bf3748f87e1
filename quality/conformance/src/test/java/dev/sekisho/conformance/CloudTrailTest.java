package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.CreateUserResponse;
import software.amazon.awssdk.services.sts.StsClient;

/** Whatever was answered can be looked up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CloudTrailTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SekishoInstance sekisho;
  private CloudTrailClient trail;
  private IamClient iam;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    trail = sekisho.client(CloudTrailClient.builder());
    iam = sekisho.client(IamClient.builder());
  }

  @AfterAll
  void stop() {
    iam.close();
    trail.close();
    sekisho.close();
  }

  private List<Event> events(LookupAttributeKey key, String value) {
    return trail
        .lookupEvents(r -> r.lookupAttributes(a -> a.attributeKey(key).attributeValue(value)))
        .events();
  }

  private static JsonNode record(Event event) {
    try {
      return JSON.readTree(event.cloudTrailEvent());
    } catch (java.io.IOException notJson) {
      throw new AssertionError(event.cloudTrailEvent(), notJson);
    }
  }

  @Test
  void aChangeIsRecordedInAwsForm() {
    CreateUserResponse made = iam.createUser(r -> r.userName("recorded").path("/x/"));

    Event event = events(LookupAttributeKey.RESOURCE_NAME, made.user().arn()).getFirst();
    assertThat(event.eventName()).isEqualTo("CreateUser");
    assertThat(event.eventSource()).isEqualTo("iam.amazonaws.com");
    assertThat(event.username()).isEqualTo("root");
    assertThat(event.readOnly()).isEqualTo("false");
    assertThat(event.accessKeyId()).isEqualTo(SekishoInstance.ROOT.accessKeyId());
    JsonNode record = record(event);
    assertThat(record.get("eventVersion").asText()).isEqualTo("1.11");
    assertThat(record.get("eventID").asText()).isEqualTo(event.eventId());
    assertThat(record.get("requestID").asText()).isEqualTo(made.responseMetadata().requestId());
    assertThat(record.at("/userIdentity/type").asText()).isEqualTo("Root");
    assertThat(record.at("/requestParameters/userName").asText()).isEqualTo("recorded");
    assertThat(record.at("/responseElements/user/arn").asText()).isEqualTo(made.user().arn());
    assertThat(record.get("sourceIPAddress").asText()).isEqualTo("127.0.0.1");
    assertThat(record.get("userAgent").asText()).contains("aws-sdk-java");
    assertThat(record.get("eventCategory").asText()).isEqualTo("Management");
    assertThat(record.at("/resources/0/ARN").asText()).isEqualTo(made.user().arn());
  }

  @Test
  void secretsAreNotRecorded() {
    iam.createUser(r -> r.userName("hidden"));
    CreateAccessKeyResponse made = iam.createAccessKey(r -> r.userName("hidden"));

    List<Event> found = events(LookupAttributeKey.EVENT_NAME, "CreateAccessKey");
    assertThat(found).isNotEmpty();
    for (Event event : found) {
      assertThat(event.cloudTrailEvent()).doesNotContain(made.accessKey().secretAccessKey());
    }
    assertThat(record(found.getFirst()).at("/responseElements/accessKey/accessKeyId").asText())
        .isEqualTo(made.accessKey().accessKeyId());
  }

  @Test
  void refusalsAreRecordedToo() {
    iam.createUser(r -> r.userName("refused"));
    AccessKey key = iam.createAccessKey(r -> r.userName("refused")).accessKey();
    try (IamClient user =
        sekisho.client(
            IamClient.builder(),
            AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()))) {
      assertThatThrownBy(() -> user.deleteUser(r -> r.userName("refused")));
    }
    JsonNode record = record(events(LookupAttributeKey.USERNAME, "refused").getFirst());
    assertThat(record.get("errorCode").asText()).isEqualTo("AccessDenied");
    assertThat(record.get("errorMessage").asText())
        .contains("is not authorized to perform: iam:DeleteUser");
    assertThat(record.get("requestParameters").isNull()).isTrue();
    assertThat(record.at("/userIdentity/userName").asText()).isEqualTo("refused");
  }

  @Test
  void callsWithAWrongSignatureAreRecorded() {
    try (StsClient wrong =
        sekisho.client(
            StsClient.builder(),
            AwsBasicCredentials.create(SekishoInstance.ROOT.accessKeyId(), "wrong-secret"))) {
      assertThatThrownBy(wrong::getCallerIdentity).hasMessageContaining("signature");
    }
    assertThat(events(LookupAttributeKey.EVENT_NAME, "GetCallerIdentity"))
        .anySatisfy(event ->
            assertThat(record(event).path("errorCode").asText())
                .isEqualTo("SignatureDoesNotMatch"));
  }

  @Test
  void everyAttributeFinds() {
    iam.createGroup(r -> r.groupName("attributes"));
    Event known =
        events(LookupAttributeKey.RESOURCE_NAME, "arn:aws:iam::000000000001:group/attributes")
            .getFirst();
    assertThat(events(LookupAttributeKey.EVENT_ID, known.eventId())).containsExactly(known);
    assertThat(events(LookupAttributeKey.EVENT_SOURCE, "iam.amazonaws.com")).contains(known);
    assertThat(events(LookupAttributeKey.READ_ONLY, "false")).contains(known);
    assertThat(events(LookupAttributeKey.USERNAME, "root")).contains(known);
    assertThat(events(LookupAttributeKey.RESOURCE_TYPE, "AWS::IAM::Group")).contains(known);
    assertThat(events(LookupAttributeKey.RESOURCE_NAME, "attributes")).contains(known);
    assertThat(events(LookupAttributeKey.ACCESS_KEY_ID, SekishoInstance.ROOT.accessKeyId()))
        .contains(known);
    assertThat(events(LookupAttributeKey.EVENT_NAME, "NoSuchName")).isEmpty();
  }

  @Test
  void pagesFollowOneAnotherNewestFirst() {
    for (int i = 0; i < 12; i++) {
      iam.listGroups();
    }
    List<Event> all =
        trail
            .lookupEventsPaginator(r ->
                r.maxResults(5)
                    .endTime(Instant.now().plusSeconds(1))
                    .lookupAttributes(a ->
                        a.attributeKey(LookupAttributeKey.EVENT_NAME).attributeValue("ListGroups")))
            .events()
            .stream()
            .toList();
    Set<String> ids = new HashSet<>();
    all.forEach(event -> assertThat(ids.add(event.eventId())).isTrue());
    assertThat(all).hasSizeGreaterThanOrEqualTo(12);
    for (int i = 1; i < all.size(); i++) {
      assertThat(all.get(i).eventTime()).isBeforeOrEqualTo(all.get(i - 1).eventTime());
    }
  }

  @Test
  void badQuestionsAreRefused() {
    refused(
        "ValidationException",
        400,
        "1 validation error detected: Value '51' at 'maxResults' failed to satisfy constraint: Member"
            + " must have value less than or equal to 50",
        () -> trail.lookupEvents(r -> r.maxResults(51)));
    refused(
        "InvalidNextTokenException",
        400,
        "Invalid NextToken.",
        () -> trail.lookupEvents(r -> r.nextToken("forged")));
    refused(
        "InvalidTimeRangeException",
        400,
        "The start time must not be after the end time.",
        () ->
            trail.lookupEvents(
                r -> r.startTime(Instant.now()).endTime(Instant.now().minusSeconds(60))));
    refused(
        "InvalidLookupAttributesException",
        400,
        "You can specify only one lookup attribute.",
        () ->
            trail.lookupEvents(r ->
                r.lookupAttributes(
                    a -> a.attributeKey("EventName").attributeValue("x"),
                    a -> a.attributeKey("EventId").attributeValue("y"))));
  }
}
