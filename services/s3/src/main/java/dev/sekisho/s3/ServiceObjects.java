package dev.sekisho.s3;

import dev.sekisho.contract.InnerCalls;
import dev.sekisho.contract.Structure;
import dev.sekisho.contract.s3.GetBucketAclRequest;
import dev.sekisho.contract.s3.PutObjectRequest;
import dev.sekisho.contract.s3.S3Api;
import dev.sekisho.contract.s3.S3Model;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Call;
import dev.sekisho.core.Caller;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.ObjectStore;
import dev.sekisho.core.Origin;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.RequestContext;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** S3 for the other services: each use is a call of the API, made by the service itself. */
final class ServiceObjects implements ObjectStore {

  private final S3Api api;
  private final BucketDirectory buckets;
  private final InnerCalls calls;
  private final Randomness randomness;
  private final InstantSource clock;

  ServiceObjects(
      S3Api api,
      BucketDirectory buckets,
      InnerCalls calls,
      Randomness randomness,
      InstantSource clock) {
    this.api = api;
    this.buckets = buckets;
    this.calls = calls;
    this.randomness = randomness;
    this.clock = clock;
  }

  @Override
  public void requireBucket(Sender sender, String bucket) {
    call(
        sender,
        bucket,
        "GetBucketAcl",
        api.objectAcls()::getBucketAcl,
        GetBucketAclRequest.builder().bucket(bucket).build());
  }

  @Override
  public void put(Sender sender, ObjectStore.Upload upload) {
    ObjectStore.Encryption encryption = upload.encryption();
    call(
        sender,
        upload.bucket(),
        "PutObject",
        api.objects()::putObject,
        PutObjectRequest.builder()
            .bucket(upload.bucket())
            .key(upload.key())
            .acl("bucket-owner-full-control")
            .body(upload.body())
            .contentLength((long) upload.body().length())
            .contentType(upload.contentType())
            .contentEncoding(upload.contentEncoding())
            .metadata(upload.metadata())
            .serverSideEncryption(encryption == null ? null : dev.sekisho.s3.Encryption.KMS)
            .ssekmsKeyId(encryption == null ? null : encryption.keyId())
            .ssekmsEncryptionContext(encryption == null ? null : header(encryption.context()))
            // A bucket whose objects are locked takes none without a digest.
            .checksumAlgorithm(ChecksumAlgorithm.USUAL.name())
            .build());
  }

  private <I extends Structure, O extends Structure> O call(
      Sender sender,
      String bucket,
      String operation,
      Function<Call<I>, Guarded<O>> function,
      I input) {
    return calls.call(
        S3Model.SERVICE,
        function,
        input,
        new RequestContext(
            randomness.uuid().toString(),
            clock.instant(),
            S3Model.SERVICE.signingName(),
            operation,
            // A service reaches buckets wherever they are.
            buckets.find(bucket).map(Bucket::region).orElse(sender.region()),
            new Caller(new Principal.Service(sender.service()), null, null),
            sender.service(),
            sender.service(),
            true,
            new Origin.OwnAccord(Arn.parse(sender.sourceArn()))));
  }

  /** The context as a request's header has it. */
  private static @Nullable String header(Map<String, String> context) {
    return context.isEmpty()
        ? null
        : Base64.getEncoder()
            .encodeToString(TextMapJson.write(context).getBytes(StandardCharsets.UTF_8));
  }
}
