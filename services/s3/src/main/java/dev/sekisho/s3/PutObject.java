package dev.sekisho.s3;

import dev.sekisho.contract.s3.PutObjectRequest;
import dev.sekisho.contract.s3.PutObjectResponse;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Authorized;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.s3.VersionWriter.NewObject;
import dev.sekisho.s3.VersionWriter.WriteCondition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an object at once. */
final class PutObject {

  private final ObjectWork work;

  PutObject(ObjectWork work) {
    this.work = work;
  }

  Guarded<PutObjectResponse> putObject(Call<PutObjectRequest> call) {
    PutObjectRequest input = call.input();
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    NewObjectRequest request = NewObjectRequest.of(call, bucket, input.key());
    if (input.writeOffsetBytes() != null) {
      throw S3Errors.notImplemented("x-amz-write-offset-bytes");
    }
    SentChecksum checksum = SentChecksum.of(request.sent());
    if (request.sent().has("ObjectLockMode") || request.sent().has("ObjectLockLegalHoldStatus")) {
      requireDigest(checksum, input.contentMD5());
    }
    WriteCondition condition = new WriteCondition(input.ifMatch(), input.ifNoneMatch());
    List<AccessCheck> checks = new ArrayList<>(request.checks(call, work.access()));
    if (input.ifMatch() != null) {
      checks.add(work.access().of(call, "s3:GetObject", bucket, input.key()));
    }
    return Guarded.by(
        new Access.Checked(checks),
        authorized -> write(authorized, request, checksum, condition, input));
  }

  static void requireDigest(SentChecksum checksum, @Nullable String contentMd5) {
    if (!checksum.vouched(contentMd5)) {
      throw S3Errors.invalidRequest(
          "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with"
              + " Object Lock parameters");
    }
  }

  private Outcome<PutObjectResponse> write(
      Authorized authorized,
      NewObjectRequest request,
      SentChecksum checksum,
      WriteCondition condition,
      PutObjectRequest input) {
    Bucket bucket = request.bucket();
    // Asked again in the transaction; asked here to spare a long body its way in vain.
    condition.requireIfGiven(request.key(), () -> work.latest(bucket, request.key()));
    ObjectKeys.NewKey key =
        work.keys().make(authorized.context(), bucket, request.key(), request.encryption());
    Stored stored =
        work.bodies()
            .receive(
                input.body(),
                key.key(),
                key.encryption(),
                checksum.claims(input.contentMD5(), ChecksumAlgorithm.USUAL));
    ContentKeys.SealedKey sealed = work.keys().sealed(stored.file(), key);
    NewObject object =
        new NewObject(
            request.key(),
            work.owner(authorized, bucket),
            stored.file(),
            stored.length(),
            0,
            work.eTag(stored),
            request.details(),
            stored.checksum(),
            key.encryption(),
            request.retention());
    return Outcome.change(transaction -> {
      ObjectVersion version =
          work.writer()
              .put(transaction, bucket, object, sealed, condition, authorized.context().time());
      return shown(bucket, version);
    });
  }

  private PutObjectResponse shown(Bucket bucket, ObjectVersion version) {
    ObjectChecksum checksum = version.checksum();
    Encryption encryption = version.sealedBy();
    return PutObjectResponse.builder()
        .eTag(ShownObject.eTag(version))
        .versionId(ShownObject.versionId(bucket, version))
        .expiration(work.expirations().header(bucket, version))
        .checksumCRC32(ShownObject.checksum(checksum, ChecksumAlgorithm.CRC32))
        .checksumCRC32C(ShownObject.checksum(checksum, ChecksumAlgorithm.CRC32C))
        .checksumCRC64NVME(ShownObject.checksum(checksum, ChecksumAlgorithm.CRC64NVME))
        .checksumSHA1(ShownObject.checksum(checksum, ChecksumAlgorithm.SHA1))
        .checksumSHA256(ShownObject.checksum(checksum, ChecksumAlgorithm.SHA256))
        .checksumType(ShownObject.checksumType(checksum))
        .serverSideEncryption(encryption.algorithm())
        .ssekmsKeyId(encryption.kmsKey())
        .bucketKeyEnabled(ShownObject.bucketKey(encryption))
        .build();
  }
}
