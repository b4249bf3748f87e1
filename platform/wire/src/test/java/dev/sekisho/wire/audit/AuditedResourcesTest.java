package dev.sekisho.wire.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Caller;
import dev.sekisho.core.Principal;
import dev.sekisho.core.RequestContext;
import dev.sekisho.events.EventResource;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which resources an event names. */
class AuditedResourcesTest {

  private static final AccountId ACCOUNT = new AccountId("111122223333");
  private static final AccountId OWNER = new AccountId("444455556666");
  private static final RequestContext CONTEXT =
      new RequestContext(
          "request",
          Instant.EPOCH,
          "s3",
          "PutObject",
          "us-east-1",
          new Caller(new Principal.Root(ACCOUNT), null, null),
          "127.0.0.1",
          null,
          false);

  private static List<EventResource> of(AccessCheck... checks) {
    return AuditedResources.of(Access.of(checks), CONTEXT);
  }

  @Test
  void anObjectComesWithItsBucketAndTheBucketsOwner() {
    assertThat(
            of(
                AccessCheck.of("s3:PutObject", "arn:aws:s3:::logs/a b/*").ownedBy(OWNER, null),
                AccessCheck.of("s3:PutObjectAcl", "arn:aws:s3:::logs/a b/*").ownedBy(OWNER, null)))
        .containsExactly(
            new EventResource("arn:aws:s3:::logs/a b/*", "", "AWS::S3::Object"),
            new EventResource("arn:aws:s3:::logs", OWNER.value(), "AWS::S3::Bucket"));
    assertThat(of(AccessCheck.of("s3:ListBucket", "arn:aws:s3:::logs")))
        .containsExactly(
            new EventResource("arn:aws:s3:::logs", ACCOUNT.value(), "AWS::S3::Bucket"));
    assertThat(of(AccessCheck.of("s3:ListAllMyBuckets", "arn:aws:s3:::*"))).isEmpty();
  }

  @Test
  void otherResourcesAreNamedWhenTheyAreOne() {
    String trail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/mine";
    assertThat(of(AccessCheck.of("cloudtrail:StopLogging", trail)))
        .containsExactly(new EventResource(trail, ACCOUNT.value(), "AWS::CloudTrail::Trail"));
    assertThat(of(AccessCheck.of("kms:ListKeys", "*"))).isEmpty();
    assertThat(of(AccessCheck.of("kms:Encrypt", "arn:aws:kms:us-east-1:111122223333:key/*")))
        .isEmpty();
    assertThat(AuditedResources.of(new Access.Open("anyone may"), CONTEXT)).isEmpty();
    assertThat(AuditedResources.of(null, CONTEXT)).isEmpty();
  }
}
