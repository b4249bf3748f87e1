package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Who may do what with buckets and objects, decided by the policies through the real port. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3AccessTest {

  private SekishoInstance sekisho;
  private OrganizationFixture organization;
  private S3Client root;
  private IamClient iam;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    organization = new OrganizationFixture(sekisho);
    organization.organization();
    root = S3Clients.of(sekisho, SekishoInstance.ROOT);
    iam = sekisho.client(IamClient.builder());
    root.createBucket(r -> r.bucket("bucket"));
    put(root, "bucket", "public/a");
    put(root, "bucket", "secret/b");
  }

  @AfterAll
  void stop() {
    iam.close();
    root.close();
    organization.close();
  }

  /** A user whose only policy allows this. */
  private S3Client user(String name, String statements) {
    iam.createUser(r -> r.userName(name));
    iam.putUserPolicy(r ->
        r.userName(name)
            .policyName("only")
            .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}"));
    AccessKey key = iam.createAccessKey(r -> r.userName(name)).accessKey();
    return S3Clients.of(
        sekisho, AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
  }

  private static String allow(String action, String resource, String more) {
    return "{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"%s\"%s}"
        .formatted(action, resource, more);
  }

  @Test
  void listingIsBoundToItsPrefix() {
    String condition = ",\"Condition\":{\"StringLike\":{\"s3:prefix\":\"public/*\"}}";
    try (S3Client lister =
        user("lister", allow("s3:ListBucket", "arn:aws:s3:::bucket", condition))) {
      assertThat(lister.listObjectsV2(r -> r.bucket("bucket").prefix("public/")).contents())
          .hasSize(1);
      denied(() -> lister.listObjectsV2(r -> r.bucket("bucket")));
      denied(() -> lister.listObjectsV2(r -> r.bucket("bucket").prefix("secret/")));
      denied(() -> lister.getObjectAsBytes(r -> r.bucket("bucket").key("public/a")));
    }
  }

  @Test
  void whoMayNotListDoesNotLearnWhatIsMissing() {
    try (S3Client reader = user("reader", allow("s3:GetObject", "arn:aws:s3:::bucket/*", ""));
        S3Client both =
            user(
                "both",
                allow("s3:GetObject", "arn:aws:s3:::bucket/*", "")
                    + ","
                    + allow("s3:ListBucket", "arn:aws:s3:::bucket", ""))) {
      assertThat(reader.getObjectAsBytes(r -> r.bucket("bucket").key("secret/b")).asUtf8String())
          .isEqualTo("secret/b");
      denied(() -> reader.getObjectAsBytes(r -> r.bucket("bucket").key("missing")));
      refused(
          "NoSuchKey", 404, () -> both.getObjectAsBytes(r -> r.bucket("bucket").key("missing")));
    }
  }

  @Test
  void tagsOfObjectsDecide() {
    root.putObject(
        r -> r.bucket("bucket").key("tagged").tagging("open=yes"), RequestBody.fromString("t"));
    String condition = ",\"Condition\":{\"StringEquals\":{\"s3:ExistingObjectTag/open\":\"yes\"}}";
    try (S3Client tagged =
        user("tagged", allow("s3:GetObject", "arn:aws:s3:::bucket/*", condition))) {
      assertThat(tagged.getObjectAsBytes(r -> r.bucket("bucket").key("tagged")).asUtf8String())
          .isEqualTo("t");
      denied(() -> tagged.getObjectAsBytes(r -> r.bucket("bucket").key("secret/b")));
    }
  }

  @Test
  void aBucketCanInsistOnKms() {
    root.createBucket(r -> r.bucket("insists"));
    root.putBucketPolicy(r ->
        r.bucket("insists")
            .policy(
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\","
                    + "\"Principal\":\"*\",\"Action\":\"s3:PutObject\","
                    + "\"Resource\":\"arn:aws:s3:::insists/*\",\"Condition\":"
                    + "{\"StringNotEquals\":"
                    + "{\"s3:x-amz-server-side-encryption\":\"aws:kms\"}}}}"));
    denied(() -> put(root, "insists", "plain"));
    root.putObject(
        r -> r.bucket("insists").key("sealed").serverSideEncryption("aws:kms"),
        RequestBody.fromString("x"));
  }

  @Test
  void eachKeyOfADeletionIsDecidedByItself() {
    put(root, "bucket", "mine/1");
    put(root, "bucket", "theirs/1");
    try (S3Client deleter =
        user("deleter", allow("s3:DeleteObject", "arn:aws:s3:::bucket/mine/*", ""))) {
      var answer =
          deleter.deleteObjects(r ->
              r.bucket("bucket")
                  .delete(d -> d.objects(o -> o.key("mine/1"), o -> o.key("theirs/1"))));
      assertThat(answer.deleted()).extracting(d -> d.key()).containsExactly("mine/1");
      assertThat(answer.errors())
          .singleElement()
          .satisfies(error -> {
            assertThat(error.key()).isEqualTo("theirs/1");
            assertThat(error.code()).isEqualTo("AccessDenied");
          });
    }
  }

  @Test
  void readingWhatKmsSealedNeedsTheKeyAsWell() {
    try (KmsClient kms = sekisho.client(KmsClient.builder())) {
      String key = kms.createKey().keyMetadata().arn();
      root.putObject(
          r -> r.bucket("bucket").key("by-key").serverSideEncryption("aws:kms").ssekmsKeyId(key),
          RequestBody.fromString("k"));
      try (S3Client without =
              user("without-key", allow("s3:GetObject", "arn:aws:s3:::bucket/*", ""));
          S3Client with =
              user(
                  "with-key",
                  allow("s3:GetObject", "arn:aws:s3:::bucket/*", "")
                      + ","
                      + allow(
                          "kms:Decrypt",
                          key,
                          ",\"Condition\":{\"StringEquals\":{"
                              + "\"kms:ViaService\":\"s3.us-east-1.amazonaws.com\","
                              + "\"kms:EncryptionContext:aws:s3:arn\":"
                              + "\"arn:aws:s3:::bucket/by-key\"}}"))) {
        denied(() -> without.getObjectAsBytes(r -> r.bucket("bucket").key("by-key")));
        assertThat(with.getObjectAsBytes(r -> r.bucket("bucket").key("by-key")).asUtf8String())
            .isEqualTo("k");
      }
      kms.disableKey(r -> r.keyId(key));
      refused(
          "KMS.DisabledException",
          400,
          () -> root.getObjectAsBytes(r -> r.bucket("bucket").key("by-key")));
    }
  }

  @Test
  void anotherAccountNeedsBothSides() {
    String account = organization.account();
    AwsCredentials admin = organization.user(account, "admin");
    root.createBucket(r -> r.bucket("shared"));
    put(root, "shared", "key");
    try (S3Client theirs = S3Clients.of(sekisho, admin)) {
      denied(() -> theirs.getObjectAsBytes(r -> r.bucket("shared").key("key")));
      root.putBucketPolicy(r ->
          r.bucket("shared")
              .policy(
                  ("{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
                          + "\"Principal\":{\"AWS\":\"%s\"},"
                          + "\"Action\":[\"s3:GetObject\",\"s3:PutObject\"],"
                          + "\"Resource\":\"arn:aws:s3:::shared/*\"}}")
                      .formatted(account)));
      assertThat(theirs.getObjectAsBytes(r -> r.bucket("shared").key("key")).asUtf8String())
          .isEqualTo("key");
      put(theirs, "shared", "given");
      // What others write into the bucket is its owner's.
      assertThat(root.getObjectAsBytes(r -> r.bucket("shared").key("given")).asUtf8String())
          .isEqualTo("given");
      denied(() -> theirs.deleteObject(r -> r.bucket("shared").key("key")));
      refused("BucketAlreadyExists", 409, () -> theirs.createBucket(r -> r.bucket("shared")));
    }
  }

  private static void put(S3Client s3, String bucket, String key) {
    s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(key));
  }

  private static void denied(ThrowingCallable call) {
    refused("AccessDenied", 403, call);
  }

  private static void refused(String code, int status, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            S3Exception.class,
            refused -> {
              assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(refused.statusCode()).isEqualTo(status);
            });
  }
}
