package dev.sekisho.s3;

import static dev.sekisho.s3.ObjectsTest.refused;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.s3.CreateBucketConfiguration;
import dev.sekisho.contract.s3.CreateBucketRequest;
import dev.sekisho.contract.s3.DeleteBucketPolicyRequest;
import dev.sekisho.contract.s3.DeletePublicAccessBlockRequest;
import dev.sekisho.contract.s3.GetBucketEncryptionRequest;
import dev.sekisho.contract.s3.GetBucketLocationRequest;
import dev.sekisho.contract.s3.GetBucketOwnershipControlsRequest;
import dev.sekisho.contract.s3.GetBucketPolicyRequest;
import dev.sekisho.contract.s3.GetBucketPolicyStatusRequest;
import dev.sekisho.contract.s3.GetBucketTaggingRequest;
import dev.sekisho.contract.s3.GetObjectRequest;
import dev.sekisho.contract.s3.GetPublicAccessBlockRequest;
import dev.sekisho.contract.s3.HeadBucketRequest;
import dev.sekisho.contract.s3.ListBucketsRequest;
import dev.sekisho.contract.s3.ListBucketsResponse;
import dev.sekisho.contract.s3.PublicAccessBlockConfiguration;
import dev.sekisho.contract.s3.PutBucketEncryptionRequest;
import dev.sekisho.contract.s3.PutBucketPolicyRequest;
import dev.sekisho.contract.s3.PutBucketTaggingRequest;
import dev.sekisho.contract.s3.PutObjectRequest;
import dev.sekisho.contract.s3.PutPublicAccessBlockRequest;
import dev.sekisho.contract.s3.ServerSideEncryptionByDefault;
import dev.sekisho.contract.s3.ServerSideEncryptionConfiguration;
import dev.sekisho.contract.s3.ServerSideEncryptionRule;
import dev.sekisho.contract.s3.Tag;
import dev.sekisho.contract.s3.Tagging;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Principal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Buckets are made, configured and found. */
class BucketsTest {

  private static final String PUBLIC =
      "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\","
          + "\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::bucket/*\"}}";

  private S3Fixture s3;

  @BeforeEach
  void open(@TempDir Path folder) {
    s3 = new S3Fixture(folder);
    s3.bucket("bucket");
  }

  @AfterEach
  void close() {
    s3.close();
  }

  @Test
  void aNameHasOneBucket() {
    // In the first Region one may make one's own again.
    s3.bucket("bucket");
    s3.as(new Principal.Root(S3Fixture.STRANGER));
    refused("BucketAlreadyExists", 409, () -> s3.bucket("bucket"));
    refused("InvalidBucketName", 400, () -> s3.bucket("Bucket"));
  }

  @Test
  void aBucketHasItsRegion() {
    s3.in("eu-west-1");
    refused("IllegalLocationConstraintException", 400, () -> s3.bucket("irish"));
    CreateBucketRequest irish =
        CreateBucketRequest.builder()
            .bucket("irish")
            .createBucketConfiguration(
                CreateBucketConfiguration.builder().locationConstraint("eu-west-1").build())
            .build();
    s3.run(s3.api().buckets()::createBucket, irish);
    refused("BucketAlreadyOwnedByYou", 409, () -> s3.run(s3.api().buckets()::createBucket, irish));
    s3.put("irish", "key", "x");
    refused("AuthorizationHeaderMalformed", 400, () -> s3.put("bucket", "key", "x"));
    s3.in("us-east-1");
    refused("AuthorizationHeaderMalformed", 400, () -> s3.get("irish", "key"));
    assertThat(
            s3.run(
                    s3.api().buckets()::getBucketLocation,
                    GetBucketLocationRequest.builder().bucket("irish").build())
                .locationConstraint())
        .isEqualTo("eu-west-1");
    assertThat(
            s3.run(
                    s3.api().buckets()::headBucket,
                    HeadBucketRequest.builder().bucket("irish").build())
                .bucketRegion())
        .isEqualTo("eu-west-1");
    assertThat(
            s3.run(
                    s3.api().buckets()::getBucketLocation,
                    GetBucketLocationRequest.builder().bucket("bucket").build())
                .locationConstraint())
        .isNull();
  }

  @Test
  void accountsSeeTheirOwnBucketsInPages() {
    s3.bucket("another");
    s3.bucket("zebra");
    s3.as(new Principal.Root(S3Fixture.STRANGER));
    s3.bucket("theirs");
    s3.as(S3Fixture.ROOT);
    List<String> names = new ArrayList<>();
    String token = null;
    do {
      ListBucketsResponse page =
          s3.run(
              s3.api().buckets()::listBuckets,
              ListBucketsRequest.builder().maxBuckets(2).continuationToken(token).build());
      requireNonNull(page.buckets()).forEach(bucket -> names.add(requireNonNull(bucket.name())));
      token = page.continuationToken();
    } while (token != null);
    assertThat(names).containsExactly("another", "bucket", "zebra");
  }

  @Test
  void newBucketsAreClosedToThePublic() {
    refused("AccessDenied", 403, () -> policy(PUBLIC));
    assertThat(
            s3.run(
                    s3.api().publicAccessBlocks()::getPublicAccessBlock,
                    GetPublicAccessBlockRequest.builder().bucket("bucket").build())
                .publicAccessBlockConfiguration())
        .isEqualTo(
            PublicAccessBlockConfiguration.builder()
                .blockPublicAcls(true)
                .blockPublicPolicy(true)
                .ignorePublicAcls(true)
                .restrictPublicBuckets(true)
                .build());
    assertThat(
            requireNonNull(
                    requireNonNull(
                            s3.run(
                                    s3.api().bucketOwnership()::getBucketOwnershipControls,
                                    GetBucketOwnershipControlsRequest.builder()
                                        .bucket("bucket")
                                        .build())
                                .ownershipControls())
                        .rules())
                .getFirst()
                .objectOwnership())
        .isEqualTo("BucketOwnerEnforced");
    unblock();
    policy(PUBLIC);
    assertThat(
            requireNonNull(
                    s3.run(
                            s3.api().bucketPolicies()::getBucketPolicyStatus,
                            GetBucketPolicyStatusRequest.builder().bucket("bucket").build())
                        .policyStatus())
                .isPublic())
        .isTrue();
  }

  @Test
  void restrictingShutsStrangersOutOfAPublicPolicy() {
    s3.put("bucket", "key", "x");
    unblock();
    policy(PUBLIC);
    s3.as(new Principal.Root(S3Fixture.STRANGER));
    s3.asked();
    read();
    assertThat(asked().resourcePolicy()).isNotNull();
    s3.as(S3Fixture.ROOT);
    s3.run(
        s3.api().publicAccessBlocks()::putPublicAccessBlock,
        PutPublicAccessBlockRequest.builder()
            .bucket("bucket")
            .publicAccessBlockConfiguration(
                PublicAccessBlockConfiguration.builder().restrictPublicBuckets(true).build())
            .build());
    s3.asked();
    read();
    assertThat(asked().resourcePolicy()).isNotNull();
    s3.as(new Principal.Root(S3Fixture.STRANGER));
    read();
    assertThat(asked().resourcePolicy()).isNull();
    s3.as(new Principal.Service("logs.amazonaws.com"));
    read();
    assertThat(asked().resourcePolicy()).isNotNull();
  }

  @Test
  void policiesSpeakOfTheirBucketAndOfPeopleWhoAreThere() {
    refused("MalformedPolicy", 400, () -> policy("{}"));
    refused("MalformedPolicy", 400, () -> policy("no json"));
    refused(
        "MalformedPolicy",
        400,
        () -> policy(allowing("111122223333", "s3:*", "arn:aws:s3:::other/*")));
    refused(
        "MalformedPolicy",
        400,
        () -> policy(allowing("111122223333", "sqs:*", "arn:aws:s3:::bucket")));
    refused(
        "MalformedPolicy",
        400,
        () ->
            policy(
                allowing("arn:aws:iam::111122223333:user/nobody", "s3:*", "arn:aws:s3:::bucket")));
    refused(
        "NoSuchBucketPolicy",
        404,
        () ->
            s3.run(
                s3.api().bucketPolicies()::getBucketPolicy,
                GetBucketPolicyRequest.builder().bucket("bucket").build()));
    String good = allowing("111122223333", "s3:*", "arn:aws:s3:::buck*");
    policy(good);
    assertThat(
            s3.run(
                    s3.api().bucketPolicies()::getBucketPolicy,
                    GetBucketPolicyRequest.builder().bucket("bucket").build())
                .policy())
        .isEqualTo(good);
    s3.put("bucket", "key", "x");
    s3.asked();
    read();
    assertThat(requireNonNull(asked().resourcePolicy()).document()).isEqualTo(good);
    s3.run(
        s3.api().bucketPolicies()::deleteBucketPolicy,
        DeleteBucketPolicyRequest.builder().bucket("bucket").build());
    read();
    assertThat(s3.asked().getLast().resourcePolicy()).isNull();
  }

  @Test
  void theDefaultEncryptionIsForNewObjects() {
    assertThat(encryption().bucketKeyEnabled()).isFalse();
    s3.run(
        s3.api().bucketEncryption()::putBucketEncryption,
        PutBucketEncryptionRequest.builder()
            .bucket("bucket")
            .serverSideEncryptionConfiguration(
                ServerSideEncryptionConfiguration.builder()
                    .rules(
                        List.of(
                            ServerSideEncryptionRule.builder()
                                .bucketKeyEnabled(true)
                                .applyServerSideEncryptionByDefault(
                                    ServerSideEncryptionByDefault.builder()
                                        .sseAlgorithm("aws:kms")
                                        .kmsMasterKeyID("arn:aws:kms:us-east-1:111122223333:key/k")
                                        .build())
                                .build()))
                    .build())
            .build());
    var put = s3.put("bucket", "key", "x");
    assertThat(put.serverSideEncryption()).isEqualTo("aws:kms");
    assertThat(put.bucketKeyEnabled()).isTrue();
    assertThat(s3.uses().getLast().encryptionContext())
        .containsEntry("aws:s3:arn", "arn:aws:s3:::bucket");
    assertThat(s3.get("bucket", "key")).isEqualTo("x");
    assertThat(
            s3.run(
                    s3.api().objects()::putObject,
                    PutObjectRequest.builder()
                        .bucket("bucket")
                        .key("own")
                        .serverSideEncryption("AES256")
                        .build())
                .serverSideEncryption())
        .isEqualTo("AES256");
  }

  private ServerSideEncryptionRule encryption() {
    return requireNonNull(
            requireNonNull(
                    s3.run(
                            s3.api().bucketEncryption()::getBucketEncryption,
                            GetBucketEncryptionRequest.builder().bucket("bucket").build())
                        .serverSideEncryptionConfiguration())
                .rules())
        .getFirst();
  }

  @Test
  void tagsHaveTheirRules() {
    refused(
        "NoSuchTagSet",
        404,
        () ->
            s3.run(
                s3.api().bucketTagging()::getBucketTagging,
                GetBucketTaggingRequest.builder().bucket("bucket").build()));
    List<Tag> tags = List.of(tag("a", "1"), tag("b c", "ü"));
    tag(tags);
    assertThat(
            s3.run(
                    s3.api().bucketTagging()::getBucketTagging,
                    GetBucketTaggingRequest.builder().bucket("bucket").build())
                .tagSet())
        .isEqualTo(tags);
    refused("InvalidTag", 400, () -> tag(List.of(tag("a", "1"), tag("a", "2"))));
    refused("InvalidTag", 400, () -> tag(List.of(tag("aws:x", "1"))));
    refused("InvalidTag", 400, () -> tag(List.of(tag("", "1"))));
    refused("InvalidTag", 400, () -> tag(List.of(tag("a", "x".repeat(257)))));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private void tag(List<Tag> tags) {
    s3.run(
        s3.api().bucketTagging()::putBucketTagging,
        PutBucketTaggingRequest.builder()
            .bucket("bucket")
            .tagging(Tagging.builder().tagSet(tags).build())
            .build());
  }

  @Test
  void whoExpectsAnotherOwnerIsRefused() {
    refused(
        "AccessDenied",
        403,
        () ->
            s3.run(
                s3.api().buckets()::headBucket,
                HeadBucketRequest.builder()
                    .bucket("bucket")
                    .expectedBucketOwner(S3Fixture.STRANGER.value())
                    .build()));
    refused(
        "NoSuchBucket",
        404,
        () ->
            s3.run(
                s3.api().buckets()::headBucket,
                HeadBucketRequest.builder().bucket("nowhere").build()));
  }

  private AccessCheck asked() {
    List<AccessCheck> asked = s3.asked();
    assertThat(asked).hasSize(1);
    return asked.getFirst();
  }

  private void read() {
    S3Fixture.bytes(
        s3.run(
            s3.api().objects()::getObject,
            GetObjectRequest.builder().bucket("bucket").key("key").build()));
  }

  private void unblock() {
    s3.run(
        s3.api().publicAccessBlocks()::deletePublicAccessBlock,
        DeletePublicAccessBlockRequest.builder().bucket("bucket").build());
  }

  private void policy(String policy) {
    s3.run(
        s3.api().bucketPolicies()::putBucketPolicy,
        PutBucketPolicyRequest.builder().bucket("bucket").policy(policy).build());
  }

  private static String allowing(String principal, String action, String resource) {
    return ("{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
            + "\"Principal\":{\"AWS\":\"%s\"},\"Action\":\"%s\",\"Resource\":\"%s\"}}")
        .formatted(principal, action, resource);
  }
}
