package dev.sekisho.s3;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.s3.Checksum;
import dev.sekisho.contract.s3.GetObjectAttributesParts;
import dev.sekisho.contract.s3.GetObjectAttributesRequest;
import dev.sekisho.contract.s3.GetObjectAttributesResponse;
import dev.sekisho.contract.s3.ObjectPart;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells of an object just what is asked for. */
final class GetObjectAttributes {

  private final ObjectWork work;
  private final ObjectReading reading;

  GetObjectAttributes(ObjectWork work, ObjectReading reading) {
    this.work = work;
    this.reading = reading;
  }

  Guarded<GetObjectAttributesResponse> getObjectAttributes(Call<GetObjectAttributesRequest> call) {
    GetObjectAttributesRequest input = call.input();
    RequestedEncryption.refuseCustomerKeys(new SentMembers(input));
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    Optional<ObjectVersion> found = work.find(bucket, input.key(), input.versionId());
    List<AccessCheck> checks = new ArrayList<>();
    if (reading.access(call, bucket, input.key(), input.versionId(), found)
        instanceof Access.Checked(List<AccessCheck> read)) {
      checks.addAll(read);
    }
    checks.add(
        work.access()
            .of(
                call,
                input.versionId() == null
                    ? "s3:GetObjectAttributes"
                    : "s3:GetObjectVersionAttributes",
                bucket,
                input.key(),
                found.orElse(null))
            .with("s3:VersionId", input.versionId()));
    return Guarded.by(
        new Access.Checked(checks),
        _ -> {
          ObjectVersion version = reading.require(input.key(), input.versionId(), found);
          return Outcome.answer(shown(bucket, version, input));
        });
  }

  private GetObjectAttributesResponse shown(
      Bucket bucket, ObjectVersion version, GetObjectAttributesRequest input) {
    List<String> wanted = requireNonNullElse(input.objectAttributes(), List.of());
    ObjectChecksum checksum = version.checksum();
    return GetObjectAttributesResponse.builder()
        .lastModified(version.modifiedAt())
        .versionId(ShownObject.versionId(bucket, version))
        .eTag(wanted.contains("ETag") ? version.etag() : null)
        .objectSize(wanted.contains("ObjectSize") ? version.size() : null)
        .storageClass(wanted.contains("StorageClass") ? version.details().storageClass() : null)
        .checksum(wanted.contains("Checksum") && checksum != null ? shown(checksum) : null)
        .objectParts(
            wanted.contains("ObjectParts") && version.parts() > 0 ? parts(version, input) : null)
        .build();
  }

  private static Checksum shown(ObjectChecksum checksum) {
    return Checksum.builder()
        .checksumCRC32(checksum.as(ChecksumAlgorithm.CRC32))
        .checksumCRC32C(checksum.as(ChecksumAlgorithm.CRC32C))
        .checksumCRC64NVME(checksum.as(ChecksumAlgorithm.CRC64NVME))
        .checksumSHA1(checksum.as(ChecksumAlgorithm.SHA1))
        .checksumSHA256(checksum.as(ChecksumAlgorithm.SHA256))
        .checksumType(checksum.type().name())
        .build();
  }

  private GetObjectAttributesParts parts(ObjectVersion version, GetObjectAttributesRequest input) {
    ObjectChecksum checksum = version.checksum();
    if (checksum == null || checksum.type() == ObjectChecksum.Type.FULL_OBJECT) {
      // Of these S3 tells the number only.
      return GetObjectAttributesParts.builder().totalPartsCount(version.parts()).build();
    }
    int marker = requireNonNullElse(input.partNumberMarker(), 0);
    int most = Math.min(requireNonNullElse(input.maxParts(), ListingRules.MOST), ListingRules.MOST);
    List<Upload.Part> found =
        work.database()
            .read(handle -> work.uploads().parts(handle, version.contentName(), marker, most + 1));
    List<Upload.Part> page = found.subList(0, Math.min(most, found.size()));
    return GetObjectAttributesParts.builder()
        .totalPartsCount(version.parts())
        .partNumberMarker(marker)
        .nextPartNumberMarker(page.isEmpty() ? 0 : page.getLast().number())
        .maxParts(most)
        .isTruncated(found.size() > page.size())
        .parts(page.stream().map(part -> shown(checksum.algorithm(), part)).toList())
        .build();
  }

  private static ObjectPart shown(ChecksumAlgorithm algorithm, Upload.Part part) {
    @Nullable String value = part.checksum();
    ObjectChecksum checksum =
        value == null ? null : new ObjectChecksum(algorithm, ObjectChecksum.Type.COMPOSITE, value);
    return ObjectPart.builder()
        .partNumber(part.number())
        .size(part.size())
        .checksumCRC32(ShownObject.checksum(checksum, ChecksumAlgorithm.CRC32))
        .checksumCRC32C(ShownObject.checksum(checksum, ChecksumAlgorithm.CRC32C))
        .checksumCRC64NVME(ShownObject.checksum(checksum, ChecksumAlgorithm.CRC64NVME))
        .checksumSHA1(ShownObject.checksum(checksum, ChecksumAlgorithm.SHA1))
        .checksumSHA256(ShownObject.checksum(checksum, ChecksumAlgorithm.SHA256))
        .build();
  }
}
