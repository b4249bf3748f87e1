package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.CloudTrailException;
import software.amazon.awssdk.services.cloudtrail.model.CreateTrailResponse;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.GetEventSelectorsResponse;
import software.amazon.awssdk.services.cloudtrail.model.ReadWriteType;
import software.amazon.awssdk.services.cloudtrail.model.Tag;
import software.amazon.awssdk.services.cloudtrail.model.Trail;
import software.amazon.awssdk.services.cloudtrail.model.TrailInfo;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;

/** Trails as their API shows and refuses them. */
class CloudTrailTrailsTest {

  private static final String ACCOUNT = SekishoInstance.ACCOUNT;
  private static final String ARN = "arn:aws:cloudtrail:us-east-1:" + ACCOUNT + ":trail/";

  @TempDir Path folder;

  private ArchiveServer archive;
  private SekishoInstance sekisho;
  private CloudTrailClient trail;
  private CloudTrailClient abroad;

  @BeforeEach
  void start() throws Exception {
    archive = new ArchiveServer("logs", "others");
    sekisho =
        SekishoInstance.start(
            folder.resolve("data"), options -> options.with(archive.options(folder)));
    trail = sekisho.client(CloudTrailClient.builder());
    abroad = sekisho.client(CloudTrailClient.builder(), Region.EU_WEST_1);
  }

  @AfterEach
  void stop() {
    abroad.close();
    trail.close();
    sekisho.close();
    archive.close();
  }

  @Test
  void whatIsMadeIsShown() {
    CreateTrailResponse made =
        trail.createTrail(r ->
            r.name("first")
                .s3BucketName("logs")
                .s3KeyPrefix("deep")
                .isMultiRegionTrail(true)
                .enableLogFileValidation(true)
                .snsTopicName(ArchiveServer.TOPIC)
                .tagsList(Tag.builder().key("team").value("audit").build()));

    assertThat(made.trailARN()).isEqualTo(ARN + "first");
    assertThat(made.logFileValidationEnabled()).isTrue();
    Trail shown = trail.getTrail(r -> r.name("first")).trail();
    assertThat(shown.homeRegion()).isEqualTo("us-east-1");
    assertThat(shown.s3BucketName()).isEqualTo("logs");
    assertThat(shown.s3KeyPrefix()).isEqualTo("deep");
    assertThat(shown.includeGlobalServiceEvents()).isTrue();
    assertThat(shown.isMultiRegionTrail()).isTrue();
    assertThat(shown.snsTopicARN()).isEqualTo(ArchiveServer.TOPIC);
    assertThat(shown.hasCustomEventSelectors()).isFalse();
    assertThat(shown.hasInsightSelectors()).isFalse();
    assertThat(shown.isOrganizationTrail()).isFalse();
    assertThat(shown.kmsKeyId()).isNull();
    assertThat(trail.describeTrails(r -> r.trailNameList("first", "missing")).trailList())
        .containsExactly(shown);
    assertThat(trail.listTrails(r -> {}).trails())
        .containsExactly(
            TrailInfo.builder()
                .trailARN(made.trailARN())
                .name("first")
                .homeRegion("us-east-1")
                .build());
    assertThat(tags(made.trailARN())).containsExactly(tag("team", "audit"));
    // It asked the bucket by leaving an object, as AWS does.
    assertThat(archive.objects()).containsOnlyKeys("logs/deep/AWSLogs/" + ACCOUNT + "/CloudTrail/");
  }

  private List<Tag> tags(String arn) {
    return trail.listTags(r -> r.resourceIdList(arn)).resourceTagList().getFirst().tagsList();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  void aTrailOfAllRegionsHasShadows() {
    trail.createTrail(r -> r.name("everywhere").s3BucketName("logs").isMultiRegionTrail(true));
    trail.createTrail(r -> r.name("here").s3BucketName("logs"));

    assertThat(abroad.describeTrails(r -> {}).trailList())
        .extracting(Trail::name)
        .containsExactly("everywhere");
    assertThat(abroad.describeTrails(r -> r.includeShadowTrails(false)).trailList()).isEmpty();
    assertThat(abroad.describeTrails(r -> r.trailNameList("everywhere")).trailList()).isEmpty();
    assertThat(abroad.describeTrails(r -> r.trailNameList(ARN + "everywhere")).trailList())
        .hasSize(1);
    assertThat(abroad.getTrailStatus(r -> r.name(ARN + "everywhere")).isLogging()).isFalse();
    refused(
        "TrailNotFoundException",
        400,
        "Unknown trail: everywhere for the user: " + ACCOUNT,
        () -> abroad.getTrailStatus(r -> r.name("everywhere")));
    String home =
        "The trail everywhere can be changed in its home Region us-east-1 only, not in eu-west-1.";
    refused(
        "InvalidHomeRegionException",
        400,
        home,
        () -> abroad.startLogging(r -> r.name("everywhere")));
    refused(
        "InvalidHomeRegionException",
        400,
        home,
        () -> abroad.deleteTrail(r -> r.name(ARN + "everywhere")));
    refused(
        "InvalidHomeRegionException",
        400,
        home,
        () -> abroad.updateTrail(r -> r.name("everywhere").s3BucketName("others")));
    refused(
        "InvalidHomeRegionException",
        400,
        home,
        () ->
            abroad.putEventSelectors(r ->
                r.trailName(ARN + "everywhere").eventSelectors(EventSelector.builder().build())));
    refused(
        "TrailAlreadyExistsException",
        400,
        "Trail everywhere already exists for customer: " + ACCOUNT,
        () -> abroad.createTrail(r -> r.name("everywhere").s3BucketName("logs")));
  }

  @Test
  void fiveTrailsAreEnough() {
    for (int i = 1; i <= 5; i++) {
      String name = "trail-" + i;
      trail.createTrail(r -> r.name(name).s3BucketName("logs"));
    }
    refused(
        "MaximumNumberOfTrailsExceededException",
        400,
        "User: " + ACCOUNT + " already has 5 trails in us-east-1.",
        () -> trail.createTrail(r -> r.name("sixth").s3BucketName("logs")));
    abroad.createTrail(r -> r.name("sixth").s3BucketName("logs"));
  }

  @Test
  void whatIsGoneIsGone() {
    trail.createTrail(r -> r.name("gone").s3BucketName("logs"));
    trail.deleteTrail(r -> r.name("gone"));

    refused(
        "TrailNotFoundException",
        400,
        "Unknown trail: gone for the user: " + ACCOUNT,
        () -> trail.getTrail(r -> r.name("gone")));
    refused(
        "TrailNotFoundException",
        400,
        "Unknown trail: " + ARN + "gone for the user: " + ACCOUNT,
        () -> trail.deleteTrail(r -> r.name(ARN + "gone")));
    trail.createTrail(r -> r.name("gone").s3BucketName("logs"));
    assertThat(trail.getTrailStatus(r -> r.name("gone")).isLogging()).isFalse();
  }

  @Test
  void loggingBeginsAndEndsWhenAsked() {
    trail.createTrail(r -> r.name("logging").s3BucketName("logs"));
    assertThat(trail.getTrailStatus(r -> r.name("logging")).startLoggingTime()).isNull();

    Instant before = Instant.now();
    trail.startLogging(r -> r.name("logging"));
    trail.startLogging(r -> r.name("logging"));
    var started = trail.getTrailStatus(r -> r.name("logging"));
    assertThat(started.isLogging()).isTrue();
    assertThat(started.startLoggingTime()).isAfterOrEqualTo(before.minusSeconds(1));
    assertThat(started.timeLoggingStarted()).isNotBlank();
    assertThat(started.stopLoggingTime()).isNull();

    trail.stopLogging(r -> r.name(ARN + "logging"));
    var stopped = trail.getTrailStatus(r -> r.name("logging"));
    assertThat(stopped.isLogging()).isFalse();
    assertThat(stopped.stopLoggingTime()).isAfterOrEqualTo(before.minusSeconds(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ab       | Trail name too short. Minimum allowed length: 3 characters. Specified name length: 2 characters.
          .abc     | Trail name must starts with a letter or number.
          abc-     | Trail name must ends with a letter or number.
          a b c    | Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_).
          my-_name | Trail name must not have adjacent periods, underscores, or dashes.
          10.0.0.1 | Trail name must not be formatted as an IP address.
          """)
  void namesAreRefusedInAwsWords(String name, String message) {
    refused(
        "InvalidTrailNameException",
        400,
        message,
        () -> trail.createTrail(r -> r.name(name).s3BucketName("logs")));
  }

  @Test
  void whatCannotBeIsRefused() {
    refused(
        "InvalidTrailNameException",
        400,
        "Trail name too long. Maximum allowed length: 128 characters. Specified name length: 129"
            + " characters.",
        () -> trail.createTrail(r -> r.name("a".repeat(129)).s3BucketName("logs")));
    refused(
        "InvalidS3BucketNameException",
        400,
        "Bucket name Logs is not valid.",
        () -> trail.createTrail(r -> r.name("wrong").s3BucketName("Logs")));
    refused(
        "InvalidS3PrefixException",
        400,
        "S3 prefix is longer than maximum length. Maximum allowed length: 200 characters."
            + " Specified length: 201 characters.",
        () ->
            trail.createTrail(
                r -> r.name("wrong").s3BucketName("logs").s3KeyPrefix("p".repeat(201))));
    refused(
        "InvalidParameterCombinationException",
        400,
        "Multi-Region trail must include global service events.",
        () ->
            trail.createTrail(r ->
                r.name("wrong")
                    .s3BucketName("logs")
                    .isMultiRegionTrail(true)
                    .includeGlobalServiceEvents(false)));
    refused(
        "InsufficientSnsTopicPolicyException",
        400,
        "SNS Topic does not exist or the topic policy is incorrect!",
        () -> trail.createTrail(r -> r.name("wrong").s3BucketName("logs").snsTopicName("none")));
    refused(
        "CloudWatchLogsDeliveryUnavailableException",
        400,
        "Delivery to CloudWatch Logs is not available in this region.",
        () ->
            trail.createTrail(r ->
                r.name("wrong")
                    .s3BucketName("logs")
                    .cloudWatchLogsLogGroupArn(
                        "arn:aws:logs:us-east-1:" + ACCOUNT + ":log-group:g:*")
                    .cloudWatchLogsRoleArn("arn:aws:iam::" + ACCOUNT + ":role/r")));
    refused(
        "OrganizationsNotInUseException",
        400,
        "Your account is not a member of an organization in AWS Organizations.",
        () ->
            trail.createTrail(r -> r.name("wrong").s3BucketName("logs").isOrganizationTrail(true)));
    refused(
        "CloudTrailARNInvalidException",
        400,
        "The ARN arn:aws:cloudtrail:us-east-1 is not valid.",
        () -> trail.getTrail(r -> r.name("arn:aws:cloudtrail:us-east-1")));
    assertThat(trail.listTrails(r -> {}).trails()).isEmpty();
  }

  @Test
  void theBucketIsAskedFirst() {
    refused(
        "S3BucketDoesNotExistException",
        400,
        "S3 bucket missing does not exist!",
        () -> trail.createTrail(r -> r.name("wrong").s3BucketName("missing")));
    archive.refuse("AccessDenied");
    refused(
        "InsufficientS3BucketPolicyException",
        400,
        "Incorrect S3 bucket policy is detected for bucket: logs",
        () -> trail.createTrail(r -> r.name("wrong").s3BucketName("logs")));
    archive.refuse(null);
    trail.createTrail(r -> r.name("right").s3BucketName("logs"));
    refused(
        "S3BucketDoesNotExistException",
        400,
        "S3 bucket missing does not exist!",
        () -> trail.updateTrail(r -> r.name("right").s3BucketName("missing")));
    assertThat(trail.getTrail(r -> r.name("right")).trail().s3BucketName()).isEqualTo("logs");
  }

  @Test
  void onlyWhatIsNamedIsUpdated() {
    trail.createTrail(
        r -> r.name("changed").s3BucketName("logs").s3KeyPrefix("p").snsTopicName("deliveries"));

    trail.updateTrail(
        r -> r.name("changed").enableLogFileValidation(true).isMultiRegionTrail(true));
    Trail after = trail.getTrail(r -> r.name("changed")).trail();
    assertThat(after.s3KeyPrefix()).isEqualTo("p");
    assertThat(after.snsTopicARN()).isEqualTo(ArchiveServer.TOPIC);
    assertThat(after.logFileValidationEnabled()).isTrue();
    assertThat(after.isMultiRegionTrail()).isTrue();

    trail.updateTrail(r -> r.name("changed").snsTopicName("").s3KeyPrefix(""));
    assertThat(trail.getTrail(r -> r.name("changed")).trail().snsTopicARN()).isNull();
    assertThat(trail.getTrail(r -> r.name("changed")).trail().s3KeyPrefix()).isNull();
  }

  @Test
  void selectorsAreKeptWithWhatWasLeftOut() {
    trail.createTrail(r -> r.name("selecting").s3BucketName("logs"));
    GetEventSelectorsResponse usual = trail.getEventSelectors(r -> r.trailName("selecting"));
    assertThat(usual.eventSelectors())
        .containsExactly(
            EventSelector.builder()
                .readWriteType(ReadWriteType.ALL)
                .includeManagementEvents(true)
                .dataResources(List.of())
                .excludeManagementEventSources(List.of())
                .build());

    trail.putEventSelectors(r ->
        r.trailName("selecting")
            .eventSelectors(
                s -> s.dataResources(d -> d.type("AWS::S3::Object").values("arn:aws:s3:::logs/"))));
    GetEventSelectorsResponse basic = trail.getEventSelectors(r -> r.trailName("selecting"));
    assertThat(basic.eventSelectors().getFirst().readWriteType()).isEqualTo(ReadWriteType.ALL);
    assertThat(basic.eventSelectors().getFirst().includeManagementEvents()).isTrue();
    assertThat(basic.hasAdvancedEventSelectors()).isFalse();
    assertThat(trail.getTrail(r -> r.name("selecting")).trail().hasCustomEventSelectors()).isTrue();

    trail.putEventSelectors(r ->
        r.trailName("selecting")
            .advancedEventSelectors(a ->
                a.name("objects")
                    .fieldSelectors(
                        f -> f.field("eventCategory").equalsValue("Data"),
                        f -> f.field("resources.type").equalsValue("AWS::S3::Object"),
                        f -> f.field("eventName").startsWith("Put").notEquals("PutObjectAcl"))));
    GetEventSelectorsResponse advanced = trail.getEventSelectors(r -> r.trailName("selecting"));
    assertThat(advanced.hasEventSelectors()).isFalse();
    assertThat(advanced.advancedEventSelectors().getFirst().name()).isEqualTo("objects");
    assertThat(advanced.advancedEventSelectors().getFirst().fieldSelectors().get(2).startsWith())
        .containsExactly("Put");
  }

  @Test
  void selectorsThatCannotBeAreRefused() {
    trail.createTrail(r -> r.name("selecting").s3BucketName("logs"));
    refused(
        "InvalidEventSelectorsException",
        400,
        "Value arn:aws:s3:::* for DataResources.Values is invalid.",
        () ->
            trail.putEventSelectors(r ->
                r.trailName("selecting")
                    .eventSelectors(s ->
                        s.dataResources(d -> d.type("AWS::S3::Object").values("arn:aws:s3:::*")))));
    refused(
        "InvalidEventSelectorsException",
        400,
        "Invalid combination of parameters in EventSelectors. When includeManagementEvents is"
            + " false, DataResources must not be empty.",
        () ->
            trail.putEventSelectors(r ->
                r.trailName("selecting").eventSelectors(s -> s.includeManagementEvents(false))));
    refused(
        "InvalidEventSelectorsException",
        400,
        "You must specify either EventSelectors or AdvancedEventSelectors, but not both.",
        () -> trail.putEventSelectors(r -> r.trailName("selecting")));
    refused(
        "InvalidEventSelectorsException",
        400,
        "The field resources.type is required when eventCategory is Data.",
        () ->
            trail.putEventSelectors(r ->
                r.trailName("selecting")
                    .advancedEventSelectors(
                        a -> a.fieldSelectors(f -> f.field("eventCategory").equalsValue("Data")))));
  }

  @Test
  void tagsComeAndGo() {
    String arn = trail.createTrail(r -> r.name("tagged").s3BucketName("logs")).trailARN();
    trail.addTags(r -> r.resourceId(arn).tagsList(tag("a", "1"), tag("b", "2")));
    trail.addTags(r -> r.resourceId(arn).tagsList(tag("a", "3")));
    assertThat(tags(arn)).containsExactly(tag("a", "3"), tag("b", "2"));
    trail.removeTags(r -> r.resourceId(arn).tagsList(Tag.builder().key("a").build()));
    assertThat(tags(arn)).containsExactly(tag("b", "2"));

    refused(
        "InvalidTagParameterException",
        400,
        "Duplicate tag key: x",
        () -> trail.addTags(r -> r.resourceId(arn).tagsList(tag("x", "1"), tag("x", "2"))));
    refused(
        "ResourceNotFoundException",
        400,
        "Unknown resource: " + ARN + "missing",
        () -> trail.addTags(r -> r.resourceId(ARN + "missing").tagsList(tag("x", "1"))));
    Tag[] many = new Tag[51];
    for (int i = 0; i < many.length; i++) {
      many[i] = tag("key-" + i, "v");
    }
    assertThatThrownBy(() -> trail.addTags(r -> r.resourceId(arn).tagsList(many)))
        .isInstanceOf(
            software.amazon.awssdk.services.cloudtrail.model.TagsLimitExceededException.class);
  }

  @Test
  void policiesAreAsked() {
    trail.createTrail(r -> r.name("mine").s3BucketName("logs"));
    try (IamClient iam = sekisho.client(IamClient.builder())) {
      iam.createUser(r -> r.userName("auditor"));
      iam.putUserPolicy(r ->
          r.userName("auditor")
              .policyName("read")
              .policyDocument(
                  """
                  {"Version":"2012-10-17","Statement":[
                    {"Effect":"Allow","Action":["cloudtrail:GetTrail","cloudtrail:StopLogging"],
                     "Resource":"%smine"}]}
                  """
                      .formatted(ARN)));
      AccessKey key = iam.createAccessKey(r -> r.userName("auditor")).accessKey();
      try (CloudTrailClient auditor =
          sekisho.client(
              CloudTrailClient.builder(),
              AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()))) {
        assertThat(auditor.getTrail(r -> r.name("mine")).trail().name()).isEqualTo("mine");
        auditor.stopLogging(r -> r.name("mine"));
        denied(() -> auditor.startLogging(r -> r.name("mine")));
        denied(() -> auditor.getTrail(r -> r.name("other")));
        denied(() -> auditor.createTrail(r -> r.name("theirs").s3BucketName("logs")));
        denied(() -> auditor.describeTrails(r -> {}));
        denied(() -> auditor.deleteTrail(r -> r.name("mine")));
      }
    }
  }

  private static void denied(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            refusal ->
                assertThat(refusal.awsErrorDetails().errorCode()).startsWith("AccessDenied"));
  }

  @Test
  void insightsAreNotServed() {
    trail.createTrail(r -> r.name("insight").s3BucketName("logs"));
    assertThatThrownBy(() -> trail.getInsightSelectors(r -> r.trailName("insight")))
        .isInstanceOfSatisfying(
            CloudTrailException.class,
            refusal -> assertThat(refusal.statusCode()).isGreaterThanOrEqualTo(400));
  }
}
