package dev.sekisho.s3;

import dev.sekisho.contract.s3.HeadObjectRequest;
import dev.sekisho.contract.s3.HeadObjectResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells of an object without reading it. */
final class HeadObject {

  private final ObjectWork work;
  private final ObjectReading reading;

  HeadObject(ObjectWork work, ObjectReading reading) {
    this.work = work;
    this.reading = reading;
  }

  Guarded<HeadObjectResponse> headObject(Call<HeadObjectRequest> call) {
    HeadObjectRequest input = call.input();
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    Optional<ObjectVersion> found = work.find(bucket, input.key(), input.versionId());
    return Guarded.by(
        reading.access(call, bucket, input.key(), input.versionId(), found),
        _ -> {
          ObjectVersion version = reading.require(input.key(), input.versionId(), found);
          return Outcome.answer(
              shown(bucket, reading.select(version, new SentMembers(input)), input));
        });
  }

  private HeadObjectResponse shown(
      Bucket bucket, ObjectReading.Selected selected, HeadObjectRequest input) {
    ObjectVersion version = selected.version();
    Map<String, String> headers = version.details().headers();
    ObjectChecksum checksum = selected.checksum();
    Encryption encryption = version.sealedBy();
    Retention retention = version.retention();
    return HeadObjectResponse.builder()
        .statusCode(selected.contentRange() == null ? 200 : 206)
        .acceptRanges("bytes")
        .lastModified(version.modifiedAt())
        .contentLength(selected.length())
        .contentRange(selected.contentRange())
        .eTag(ShownObject.eTag(version))
        .versionId(ShownObject.versionId(bucket, version))
        .expiration(work.expirations().header(bucket, version))
        .cacheControl(or(input.responseCacheControl(), headers.get("Cache-Control")))
        .contentDisposition(
            or(input.responseContentDisposition(), headers.get("Content-Disposition")))
        .contentEncoding(or(input.responseContentEncoding(), headers.get("Content-Encoding")))
        .contentLanguage(or(input.responseContentLanguage(), headers.get("Content-Language")))
        .contentType(or(input.responseContentType(), headers.get("Content-Type")))
        .expires(
            input.responseExpires() != null
                ? input.responseExpires()
                : HttpDates.read(headers.get("Expires")))
        .websiteRedirectLocation(headers.get("x-amz-website-redirect-location"))
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
        .objectLockLegalHoldStatus(ObjectReading.hold(retention))
        .build();
  }

  private static @Nullable String or(@Nullable String asked, @Nullable String kept) {
    return asked != null ? asked : kept;
  }
}
