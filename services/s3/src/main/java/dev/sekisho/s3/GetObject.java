package dev.sekisho.s3;

import dev.sekisho.contract.s3.GetObjectRequest;
import dev.sekisho.contract.s3.GetObjectResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Principal;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads an object or a range of it. */
final class GetObject {

  private final ObjectWork work;
  private final ObjectReading reading;

  GetObject(ObjectWork work, ObjectReading reading) {
    this.work = work;
    this.reading = reading;
  }

  Guarded<GetObjectResponse> getObject(Call<GetObjectRequest> call) {
    GetObjectRequest input = call.input();
    SentMembers sent = new SentMembers(input);
    if (call.context().caller().principal() instanceof Principal.Anonymous && overrides(sent)) {
      throw S3Errors.invalidRequest(
          "Request specific response headers cannot be used for anonymous GET requests.");
    }
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    Optional<ObjectVersion> found = work.find(bucket, input.key(), input.versionId());
    return Guarded.by(
        reading.access(call, bucket, input.key(), input.versionId(), found),
        authorized -> {
          ObjectVersion version = reading.require(input.key(), input.versionId(), found);
          ObjectReading.Selected selected = reading.select(version, sent);
          InputStream stream =
              work.contents()
                  .open(authorized.context(), version, selected.from(), selected.length())
                  .orElseThrow(() -> S3Errors.noSuchKey(input.key()));
          return Outcome.answer(
              shown(bucket, selected, sent)
                  .body(new OpenedContent(selected.length(), stream))
                  .build());
        });
  }

  private static boolean overrides(SentMembers sent) {
    return sent.has("ResponseCacheControl")
        || sent.has("ResponseContentDisposition")
        || sent.has("ResponseContentEncoding")
        || sent.has("ResponseContentLanguage")
        || sent.has("ResponseContentType")
        || sent.has("ResponseExpires");
  }

  private GetObjectResponse.Builder shown(
      Bucket bucket, ObjectReading.Selected selected, SentMembers sent) {
    ObjectVersion version = selected.version();
    ObjectChecksum checksum = selected.checksum();
    Encryption encryption = version.sealedBy();
    Retention retention = version.retention();
    return GetObjectResponse.builder()
        .statusCode(selected.contentRange() == null ? 200 : 206)
        .acceptRanges("bytes")
        .lastModified(version.modifiedAt())
        .contentLength(selected.length())
        .contentRange(selected.contentRange())
        .eTag(ShownObject.eTag(version))
        .versionId(ShownObject.versionId(bucket, version))
        .expiration(work.expirations().header(bucket, version))
        .cacheControl(header(version, sent, "ResponseCacheControl", "Cache-Control"))
        .contentDisposition(
            header(version, sent, "ResponseContentDisposition", "Content-Disposition"))
        .contentEncoding(header(version, sent, "ResponseContentEncoding", "Content-Encoding"))
        .contentLanguage(header(version, sent, "ResponseContentLanguage", "Content-Language"))
        .contentType(header(version, sent, "ResponseContentType", "Content-Type"))
        .expires(HttpDates.read(header(version, sent, "ResponseExpires", "Expires")))
        .websiteRedirectLocation(version.details().headers().get("x-amz-website-redirect-location"))
        .metadata(version.details().metadata())
        .tagCount(reading.tagCount(version))
        .partsCount(selected.partsCount())
        .storageClass(ShownObject.storageClass(version))
        .checksumCRC32(ShownObject.checksum(checksum, ChecksumAlgorithm.CRC32))
        .checksumCRC32C(ShownObject.checksum(checksum, ChecksumAlgorithm.CRC32C))
        .checksumCRC64NVME(ShownObject.checksum(checksum, ChecksumAlgorithm.CRC64NVME))
        .checksumSHA1(ShownObject.checksum(checksum, ChecksumAlgorithm.SHA1))
        .checksumSHA256(ShownObject.checksum(checksum, ChecksumAlgorithm.SHA256))
        .checksumType(ShownObject.checksumType(checksum))
        .serverSideEncryption(encryption.algorithm())
        .ssekmsKeyId(encryption.kmsKey())
        .bucketKeyEnabled(ShownObject.bucketKey(encryption))
        .objectLockMode(ObjectReading.mode(retention))
        .objectLockRetainUntilDate(retention.until())
        .objectLockLegalHoldStatus(ObjectReading.hold(retention));
  }

  private static @Nullable String header(
      ObjectVersion version, SentMembers sent, String override, String header) {
    String asked = sent.anyText(override);
    return asked != null ? asked : version.details().headers().get(header);
  }
}
