package dev.sekisho.s3;

import dev.sekisho.contract.s3.CopyObjectRequest;
import dev.sekisho.contract.s3.CopyObjectResponse;
import dev.sekisho.contract.s3.CopyObjectResult;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Authorized;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.s3.ObjectVersion.ObjectDetails;
import dev.sekisho.s3.VersionWriter.NewObject;
import dev.sekisho.s3.VersionWriter.WriteCondition;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes an object of another one, here or in another bucket. */
final class CopyObject {

  private static final String REPLACE = "REPLACE";

  private final ObjectWork work;

  CopyObject(ObjectWork work) {
    this.work = work;
  }

  Guarded<CopyObjectResponse> copyObject(Call<CopyObjectRequest> call) {
    CopyObjectRequest input = call.input();
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    NewObjectRequest request = NewObjectRequest.of(call, bucket, input.key());
    CopySource.Found source = CopySource.find(work, call);
    boolean copiesTags = !REPLACE.equals(input.taggingDirective());
    WriteCondition condition = new WriteCondition(input.ifMatch(), input.ifNoneMatch());
    ChecksumAlgorithm algorithm =
        input.checksumAlgorithm() == null ? null : SentChecksum.require(input.checksumAlgorithm());
    List<AccessCheck> checks = new ArrayList<>(CopySource.checks(work, call, source, copiesTags));
    checks.addAll(request.checks(call, work.access()));
    return Guarded.by(
        new Access.Checked(checks),
        authorized -> {
          ObjectVersion original = source.require(request.sent());
          if (original.size() > ReceivedBody.LARGEST) {
            throw S3Errors.invalidRequest(
                "The specified copy source is larger than the maximum allowable size for a copy"
                    + " source: "
                    + ReceivedBody.LARGEST);
          }
          requireChange(request, source, original);
          ObjectDetails details = details(request, original, copiesTags);
          ChecksumAlgorithm wanted =
              algorithm != null
                  ? algorithm
                  : original.checksum() == null
                      ? ChecksumAlgorithm.USUAL
                      : original.checksum().algorithm();
          return copy(authorized, request, original, details, wanted, condition);
        });
  }

  /** What the copy keeps of the original, and what the request gives it anew. */
  private static ObjectDetails details(
      NewObjectRequest request, ObjectVersion original, boolean copiesTags) {
    boolean replaces = REPLACE.equals(request.sent().text("MetadataDirective"));
    Map<String, String> tags = copiesTags ? original.details().tags() : request.details().tags();
    return new ObjectDetails(
        request.details().storageClass(),
        replaces ? request.details().headers() : original.details().headers(),
        replaces ? request.details().metadata() : original.details().metadata(),
        tags);
  }

  private static void requireChange(
      NewObjectRequest request, CopySource.Found source, ObjectVersion original) {
    boolean same =
        source.bucket().name().equals(request.bucket().name())
            && source.source().key().equals(request.key())
            && source.source().versionId() == null;
    boolean changes =
        REPLACE.equals(request.sent().text("MetadataDirective"))
            || REPLACE.equals(request.sent().text("TaggingDirective"))
            || request.sent().has("ServerSideEncryption")
            || request.sent().has("WebsiteRedirectLocation")
            || request.sent().has("ChecksumAlgorithm")
            || !request.details().storageClass().equals(original.details().storageClass());
    if (same && !changes) {
      throw S3Errors.invalidRequest(
          "This copy request is illegal because it is trying to copy an object to itself without"
              + " changing the object's metadata, storage class, website redirect location or"
              + " encryption attributes.");
    }
  }

  private Outcome<CopyObjectResponse> copy(
      Authorized authorized,
      NewObjectRequest request,
      ObjectVersion original,
      ObjectDetails details,
      ChecksumAlgorithm algorithm,
      WriteCondition condition) {
    Bucket bucket = request.bucket();
    InputStream bytes =
        work.contents()
            .open(authorized.context(), original, 0, original.size())
            .orElseThrow(() -> S3Errors.noSuchKey(original.key()));
    ObjectKeys.NewKey key =
        work.keys().make(authorized.context(), bucket, request.key(), request.encryption());
    Stored stored = work.bodies().receive(bytes, key.key(), key.encryption(), algorithm);
    ContentKeys.SealedKey sealed = work.keys().sealed(stored.file(), key);
    NewObject object =
        new NewObject(
            request.key(),
            work.owner(authorized, bucket),
            stored.file(),
            stored.length(),
            0,
            work.eTag(stored),
            details,
            stored.checksum(),
            key.encryption(),
            request.retention());
    return Outcome.change(transaction ->
        shown(
            bucket,
            original,
            work.writer()
                .put(transaction, bucket, object, sealed, condition, authorized.context().time())));
  }

  private CopyObjectResponse shown(Bucket bucket, ObjectVersion original, ObjectVersion version) {
    ObjectChecksum checksum = version.checksum();
    Encryption encryption = version.sealedBy();
    return CopyObjectResponse.builder()
        .copyObjectResult(
            CopyObjectResult.builder()
                .eTag(ShownObject.eTag(version))
                .lastModified(version.modifiedAt())
                .checksumCRC32(ShownObject.checksum(checksum, ChecksumAlgorithm.CRC32))
                .checksumCRC32C(ShownObject.checksum(checksum, ChecksumAlgorithm.CRC32C))
                .checksumCRC64NVME(ShownObject.checksum(checksum, ChecksumAlgorithm.CRC64NVME))
                .checksumSHA1(ShownObject.checksum(checksum, ChecksumAlgorithm.SHA1))
                .checksumSHA256(ShownObject.checksum(checksum, ChecksumAlgorithm.SHA256))
                .checksumType(ShownObject.checksumType(checksum))
                .build())
        .versionId(ShownObject.versionId(bucket, version))
        .copySourceVersionId(
            original.versionId().equals(ObjectVersion.NULL_VERSION) ? null : original.versionId())
        .expiration(work.expirations().header(bucket, version))
        .serverSideEncryption(encryption.algorithm())
        .ssekmsKeyId(encryption.kmsKey())
        .bucketKeyEnabled(ShownObject.bucketKey(encryption))
        .build();
  }
}
