package dev.sekisho.s3;

import static dev.sekisho.s3.ObjectsTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.InnerCalls;
import dev.sekisho.contract.ServiceModel;
import dev.sekisho.contract.Structure;
import dev.sekisho.contract.s3.HeadObjectRequest;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.ObjectStore;
import dev.sekisho.core.Principal;
import dev.sekisho.core.RequestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services leave objects as themselves, and are asked for as themselves. */
class ServiceObjectsTest {

  private static final ObjectStore.Sender TRAIL =
      new ObjectStore.Sender(
          "cloudtrail.amazonaws.com",
          "arn:aws:cloudtrail:eu-west-1:444455556666:trail/t",
          S3Fixture.STRANGER,
          "eu-west-1");

  private S3Fixture s3;
  private ObjectStore objects;
  private @Nullable RequestContext seen;

  @BeforeEach
  void open(@TempDir Path folder) {
    s3 = new S3Fixture(folder);
    s3.bucket("logs");
    objects =
        s3.service()
            .objectStore(
                new InnerCalls() {
                  @Override
                  public <I extends Structure, O extends Structure> O call(
                      ServiceModel<?> model,
                      Function<Call<I>, Guarded<O>> operation,
                      I input,
                      RequestContext context) {
                    seen = context;
                    return s3.run(operation, new Call<>(input, context));
                  }
                });
    s3.asked();
  }

  @AfterEach
  void close() {
    s3.close();
  }

  @Test
  void aServicePutsAnObject() {
    objects.put(
        TRAIL,
        new ObjectStore.Upload(
            "logs",
            "AWSLogs/x.json.gz",
            Blob.of("log".getBytes(StandardCharsets.UTF_8)),
            "application/json",
            "gzip",
            Map.of("signature", "ab"),
            new ObjectStore.Encryption(
                "arn:aws:kms:us-east-1:111122223333:key/k",
                Map.of("aws:cloudtrail:arn", TRAIL.sourceArn()))));
    List<AccessCheck> asked = s3.asked();
    assertThat(asked).extracting(AccessCheck::action).containsExactly("s3:PutObject");
    assertThat(asked.getFirst().conditions())
        .containsEntry("aws:SourceArn", List.of(TRAIL.sourceArn()))
        .containsEntry("aws:SourceAccount", List.of("444455556666"))
        .containsEntry("s3:x-amz-acl", List.of("bucket-owner-full-control"));
    assertThat(seen)
        .satisfies(context -> {
          assertThat(context).isNotNull();
          assertThat(context.caller().principal())
              .isEqualTo(new Principal.Service("cloudtrail.amazonaws.com"));
          // The bucket is in another Region than the trail.
          assertThat(context.region()).isEqualTo("us-east-1");
        });
    assertThat(s3.uses().getLast().encryptionContext())
        .containsEntry("aws:cloudtrail:arn", TRAIL.sourceArn())
        .containsEntry("aws:s3:arn", "arn:aws:s3:::logs/AWSLogs/x.json.gz");
    assertThat(s3.get("logs", "AWSLogs/x.json.gz")).isEqualTo("log");
    var head =
        s3.run(
            s3.api().objects()::headObject,
            HeadObjectRequest.builder().bucket("logs").key("AWSLogs/x.json.gz").build());
    assertThat(head.metadata()).containsEntry("signature", "ab");
    assertThat(head.contentEncoding()).isEqualTo("gzip");
  }

  @Test
  void aBucketMustBeThereAndLetTheServiceIn() {
    objects.requireBucket(TRAIL, "logs");
    assertThat(s3.asked())
        .singleElement()
        .satisfies(check -> assertThat(check.action()).isEqualTo("s3:GetBucketAcl"));
    refused("NoSuchBucket", 404, () -> objects.requireBucket(TRAIL, "nowhere"));
    s3.deny(_ -> true);
    refused("AccessDenied", 403, () -> objects.requireBucket(TRAIL, "logs"));
    refused(
        "AccessDenied",
        403,
        () ->
            objects.put(
                TRAIL,
                new ObjectStore.Upload(
                    "logs", "k", Blob.of(new byte[1]), "text/plain", null, Map.of(), null)));
    assertThat(s3.files()).isZero();
  }

  @Test
  void encryptionContextsComeBackFromTheirHeader() {
    Map<String, String> context = Map.of("a\"b", "ü\\", "", "");
    assertThat(TextMapJson.read(TextMapJson.write(context))).isEqualTo(context);
    for (String wrong : List.of("", "[]", "{\"a\":1}", "{\"a\":\"b\"} x", "{")) {
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> TextMapJson.read(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
