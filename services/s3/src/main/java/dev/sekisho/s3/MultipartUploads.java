package dev.sekisho.s3;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.s3.AbortMultipartUploadRequest;
import dev.sekisho.contract.s3.AbortMultipartUploadResponse;
import dev.sekisho.contract.s3.CompleteMultipartUploadRequest;
import dev.sekisho.contract.s3.CompleteMultipartUploadResponse;
import dev.sekisho.contract.s3.CreateMultipartUploadRequest;
import dev.sekisho.contract.s3.CreateMultipartUploadResponse;
import dev.sekisho.contract.s3.Initiator;
import dev.sekisho.contract.s3.ListMultipartUploadsRequest;
import dev.sekisho.contract.s3.ListMultipartUploadsResponse;
import dev.sekisho.contract.s3.ListPartsRequest;
import dev.sekisho.contract.s3.ListPartsResponse;
import dev.sekisho.contract.s3.MultipartUpload;
import dev.sekisho.contract.s3.Owner;
import dev.sekisho.contract.s3.Part;
import dev.sekisho.contract.s3.S3Api;
import dev.sekisho.contract.s3.UploadPartCopyRequest;
import dev.sekisho.contract.s3.UploadPartCopyResponse;
import dev.sekisho.contract.s3.UploadPartRequest;
import dev.sekisho.contract.s3.UploadPartResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.s3.UploadStore.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Uploads in parts: begun, taken in, completed, listed and given up. */
final class MultipartUploads implements S3Api.MultipartUploads {

  private static final String LAST = "\udbff\udfff";

  private final ObjectWork work;

  private final CreateMultipartUpload create;
  private final UploadPart part;
  private final CompleteMultipartUpload complete;

  MultipartUploads(ObjectWork work) {
    this.work = work;
    create = new CreateMultipartUpload(work);
    part = new UploadPart(work);
    complete = new CompleteMultipartUpload(work);
  }

  @Override
  public Guarded<CreateMultipartUploadResponse> createMultipartUpload(
      Call<CreateMultipartUploadRequest> call) {
    return create.createMultipartUpload(call);
  }

  @Override
  public Guarded<UploadPartResponse> uploadPart(Call<UploadPartRequest> call) {
    return part.uploadPart(call);
  }

  @Override
  public Guarded<UploadPartCopyResponse> uploadPartCopy(Call<UploadPartCopyRequest> call) {
    return part.uploadPartCopy(call);
  }

  @Override
  public Guarded<CompleteMultipartUploadResponse> completeMultipartUpload(
      Call<CompleteMultipartUploadRequest> call) {
    return complete.completeMultipartUpload(call);
  }

  @Override
  public Guarded<AbortMultipartUploadResponse> abortMultipartUpload(
      Call<AbortMultipartUploadRequest> call) {
    AbortMultipartUploadRequest input = call.input();
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    return Guarded.by(
        work.access().of(call, "s3:AbortMultipartUpload", bucket, input.key()),
        _ -> {
          Upload upload = Multipart.require(work, bucket, input.key(), input.uploadId());
          return Outcome.change(transaction -> {
            work.removal().remove(transaction, Multipart.require(work, transaction, upload));
            return AbortMultipartUploadResponse.builder().build();
          });
        });
  }

  @Override
  public Guarded<ListPartsResponse> listParts(Call<ListPartsRequest> call) {
    ListPartsRequest input = call.input();
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    int most = Math.min(requireNonNullElse(input.maxParts(), ListingRules.MOST), ListingRules.MOST);
    int marker = requireNonNullElse(input.partNumberMarker(), 0);
    return Guarded.by(
        work.access().of(call, "s3:ListMultipartUploadParts", bucket, input.key()),
        _ -> {
          Upload upload = Multipart.require(work, bucket, input.key(), input.uploadId());
          List<Upload.Part> found =
              work.database()
                  .read(handle -> work.uploads().parts(handle, upload.id(), marker, most + 1));
          List<Upload.Part> parts = found.subList(0, Math.min(most, found.size()));
          ChecksumAlgorithm algorithm = upload.checksumAlgorithm();
          ObjectChecksum.Type type = upload.checksumType();
          return Outcome.answer(
              ListPartsResponse.builder()
                  .bucket(bucket.name())
                  .key(upload.key())
                  .uploadId(upload.id())
                  .partNumberMarker(marker)
                  .nextPartNumberMarker(parts.isEmpty() ? 0 : parts.getLast().number())
                  .maxParts(most)
                  .isTruncated(found.size() > parts.size())
                  .parts(
                      parts.isEmpty()
                          ? null
                          : parts.stream().map(part -> shown(upload, part)).toList())
                  .initiator(initiator(upload))
                  .owner(owner(upload))
                  .storageClass(upload.details().storageClass())
                  .checksumAlgorithm(algorithm == null ? null : algorithm.name())
                  .checksumType(type == null ? null : type.name())
                  .build());
        });
  }

  private static Part shown(Upload upload, Upload.Part part) {
    ChecksumAlgorithm algorithm = upload.checksumAlgorithm();
    String value = part.checksum();
    ObjectChecksum checksum =
        algorithm == null || value == null
            ? null
            : new ObjectChecksum(algorithm, ObjectChecksum.Type.FULL_OBJECT, value);
    return Part.builder()
        .partNumber(part.number())
        .lastModified(part.modifiedAt())
        .eTag(EntityTags.quoted(part.etag()))
        .size(part.size())
        .checksumCRC32(ShownObject.checksum(checksum, ChecksumAlgorithm.CRC32))
        .checksumCRC32C(ShownObject.checksum(checksum, ChecksumAlgorithm.CRC32C))
        .checksumCRC64NVME(ShownObject.checksum(checksum, ChecksumAlgorithm.CRC64NVME))
        .checksumSHA1(ShownObject.checksum(checksum, ChecksumAlgorithm.SHA1))
        .checksumSHA256(ShownObject.checksum(checksum, ChecksumAlgorithm.SHA256))
        .build();
  }

  @Override
  public Guarded<ListMultipartUploadsResponse> listMultipartUploads(
      Call<ListMultipartUploadsRequest> call) {
    ListMultipartUploadsRequest input = call.input();
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    ListingRules rules =
        ListingRules.of(
            input.prefix(), input.delimiter(), input.maxUploads(), input.encodingType());
    return Guarded.by(
        rules.check(work.access().of(call, "s3:ListBucketMultipartUploads", bucket)),
        _ -> Outcome.answer(shown(bucket, rules, input)));
  }

  private ListMultipartUploadsResponse shown(
      Bucket bucket, ListingRules rules, ListMultipartUploadsRequest input) {
    String keyMarker = requireNonNullElse(input.keyMarker(), "");
    Place start = start(rules, keyMarker, input.uploadIdMarker());
    KeyListing<Upload> page =
        start == null || rules.wanted().most() == 0
            ? new KeyListing<>(List.of(), List.of(), null, null, false)
            : KeyListing.page(rules.wanted(), source(bucket), start);
    Upload last = page.truncated() ? page.last() : null;
    String lastPrefix = page.truncated() ? page.lastPrefix() : null;
    return ListMultipartUploadsResponse.builder()
        .bucket(bucket.name())
        .keyMarker(rules.encoded(keyMarker))
        .uploadIdMarker(requireNonNullElse(input.uploadIdMarker(), ""))
        .nextKeyMarker(rules.encodedIfGiven(last != null ? last.key() : lastPrefix))
        .nextUploadIdMarker(last == null ? null : last.id())
        .prefix(rules.encoded(rules.wanted().prefix()))
        .delimiter(rules.encodedIfGiven(input.delimiter()))
        .encodingType(input.encodingType())
        .maxUploads(rules.wanted().most())
        .isTruncated(page.truncated())
        .uploads(
            page.items().isEmpty()
                ? null
                : page.items().stream().map(upload -> listed(upload, rules)).toList())
        .commonPrefixes(ObjectLists.prefixes(page, rules))
        .build();
  }

  private static @Nullable Place start(
      ListingRules rules, String keyMarker, @Nullable String uploadIdMarker) {
    if (uploadIdMarker != null && !keyMarker.isEmpty()) {
      return new Place(keyMarker, uploadIdMarker);
    }
    VersionStore.Place place = Places.after(rules.wanted(), keyMarker);
    return place == null ? null : new Place(place.key(), place.age() == Long.MAX_VALUE ? LAST : "");
  }

  private KeyListing.Source<Upload, Place> source(Bucket bucket) {
    return new KeyListing.Source<>() {
      @Override
      public List<Upload> from(Place place, int limit) {
        return work.database()
            .read(handle -> work.uploads().list(handle, bucket.name(), place, limit));
      }

      @Override
      public String key(Upload upload) {
        return upload.key();
      }

      @Override
      public Place after(Upload upload) {
        return new Place(upload.key(), upload.id());
      }

      @Override
      public Place at(String key) {
        return new Place(key, "");
      }
    };
  }

  private static MultipartUpload listed(Upload upload, ListingRules rules) {
    ChecksumAlgorithm algorithm = upload.checksumAlgorithm();
    ObjectChecksum.Type type = upload.checksumType();
    return MultipartUpload.builder()
        .key(rules.encoded(upload.key()))
        .uploadId(upload.id())
        .initiated(upload.initiatedAt())
        .initiator(initiator(upload))
        .owner(owner(upload))
        .storageClass(upload.details().storageClass())
        .checksumAlgorithm(algorithm == null ? null : algorithm.name())
        .checksumType(type == null ? null : type.name())
        .build();
  }

  private static Initiator initiator(Upload upload) {
    return Initiator.builder().id(upload.initiator()).build();
  }

  private static Owner owner(Upload upload) {
    return Owner.builder().id(CanonicalUser.id(upload.owner())).build();
  }
}
