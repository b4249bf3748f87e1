package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.s3.S3Client;

/** What happens to objects is in the trails that choose it, and not in the event history. */
class CloudTrailDataEventsTest {

  @Test
  void objectsAreDataAndBucketsAreManaged(@TempDir Path folder) throws Exception {
    try (ArchiveServer archive = new ArchiveServer("logs", "others");
        SekishoInstance sekisho =
            SekishoInstance.start(
                folder.resolve("data"), options -> options.with(archive.options(folder)));
        CloudTrailClient trail = sekisho.client(CloudTrailClient.builder());
        S3Client s3 = sekisho.client(S3Client.builder().forcePathStyle(true))) {
      trail.createTrail(r -> r.name("usual").s3BucketName("others"));
      trail.createTrail(r -> r.name("objects").s3BucketName("logs"));
      trail.putEventSelectors(r ->
          r.trailName("objects")
              .advancedEventSelectors(a ->
                  a.fieldSelectors(
                      f -> f.field("eventCategory").equalsValue("Data"),
                      f -> f.field("resources.type").equalsValue("AWS::S3::Object"),
                      f -> f.field("readOnly").equalsValue("false"),
                      f -> f.field("resources.ARN").startsWith("arn:aws:s3:::watched/"))));
      trail.startLogging(r -> r.name("usual"));
      trail.startLogging(r -> r.name("objects"));

      for (String bucket : List.of("watched", "ignored")) {
        s3.createBucket(r -> r.bucket(bucket));
        s3.putObject(r -> r.bucket(bucket).key("a key"), RequestBody.fromString("secret text"));
        s3.getObjectAsBytes(r -> r.bucket(bucket).key("a key"));
      }
      trail.describeTrails();
      archive.await(now ->
          names(now, "logs/").contains("PutObject")
              && names(now, "others/").contains("DescribeTrails"));

      List<JsonNode> data = new DeliveredFiles(archive.objects()).records("logs/");
      assertThat(data).hasSize(1);
      JsonNode put = data.getFirst();
      assertThat(put.get("eventName").asText()).isEqualTo("PutObject");
      assertThat(put.get("eventCategory").asText()).isEqualTo("Data");
      assertThat(put.get("managementEvent").asBoolean()).isFalse();
      assertThat(put.at("/resources/0/ARN").asText()).isEqualTo("arn:aws:s3:::watched/a key");
      assertThat(put.at("/resources/1/accountId").asText()).isEqualTo(SekishoInstance.ACCOUNT);
      assertThat(put.toString()).doesNotContain("secret text");
      assertThat(names(archive, "others/"))
          .contains("CreateBucket")
          .doesNotContain("PutObject", "GetObject");
      assertThat(history(trail, "PutObject")).isEmpty();
      assertThat(history(trail, "CreateBucket")).hasSize(2);
    }
  }

  private static List<String> names(ArchiveServer archive, String part) {
    return new DeliveredFiles(archive.objects())
        .records(part).stream().map(each -> each.get("eventName").asText()).toList();
  }

  private static List<String> history(CloudTrailClient trail, String name) {
    return trail
        .lookupEvents(r ->
            r.lookupAttributes(
                a -> a.attributeKey(LookupAttributeKey.EVENT_NAME).attributeValue(name)))
        .events()
        .stream()
        .map(each -> each.eventId())
        .toList();
  }
}
