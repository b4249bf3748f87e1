package dev.sekisho.s3;

import dev.sekisho.contract.s3.CreateMultipartUploadRequest;
import dev.sekisho.contract.s3.CreateMultipartUploadResponse;
import dev.sekisho.core.Access;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import org.jspecify.annotations.Nullable;

/** Begins a multipart upload. */
final class CreateMultipartUpload {

  private final ObjectWork work;

  CreateMultipartUpload(ObjectWork work) {
    this.work = work;
  }

  Guarded<CreateMultipartUploadResponse> createMultipartUpload(
      Call<CreateMultipartUploadRequest> call) {
    CreateMultipartUploadRequest input = call.input();
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    NewObjectRequest request = NewObjectRequest.of(call, bucket, input.key());
    ChecksumAlgorithm algorithm =
        input.checksumAlgorithm() == null ? null : SentChecksum.require(input.checksumAlgorithm());
    ObjectChecksum.Type type = type(algorithm, input.checksumType());
    return Guarded.by(
        new Access.Checked(request.checks(call, work.access())),
        authorized -> {
          ObjectKeys.NewKey key =
              work.keys().make(authorized.context(), bucket, request.key(), request.encryption());
          String id = work.files().newName() + work.files().newName();
          ContentKeys.SealedKey sealed = work.keys().sealed(id, key);
          Upload upload =
              new Upload(
                  id,
                  bucket.name(),
                  request.key(),
                  authorized.context().time(),
                  Multipart.initiator(call),
                  work.owner(authorized, bucket),
                  request.details(),
                  algorithm,
                  type,
                  key.encryption(),
                  request.retention());
          return Outcome.change(transaction -> {
            work.buckets().require(transaction, bucket);
            work.uploads().insert(transaction, upload);
            work.contentKeys().insert(transaction, id, sealed);
            return shown(upload);
          });
        });
  }

  /** CRCs can be of the whole object, and CRC64NVME only so; hashes only of the parts. */
  private static ObjectChecksum.@Nullable Type type(
      @Nullable ChecksumAlgorithm algorithm, @Nullable String asked) {
    if (algorithm == null) {
      if (asked != null) {
        throw S3Errors.invalidRequest(
            "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm"
                + " header.");
      }
      return null;
    }
    ObjectChecksum.Type usual =
        algorithm == ChecksumAlgorithm.CRC64NVME
            ? ObjectChecksum.Type.FULL_OBJECT
            : ObjectChecksum.Type.COMPOSITE;
    ObjectChecksum.Type type = asked == null ? usual : ObjectChecksum.Type.valueOf(asked);
    boolean possible =
        type == ObjectChecksum.Type.FULL_OBJECT
            ? algorithm.combination() != null
            : algorithm != ChecksumAlgorithm.CRC64NVME;
    if (!possible) {
      throw S3Errors.invalidRequest(
          "The "
              + type
              + " checksum type cannot be used with the "
              + algorithm.name().toLowerCase(java.util.Locale.ROOT)
              + " checksum algorithm.");
    }
    return type;
  }

  private static CreateMultipartUploadResponse shown(Upload upload) {
    ChecksumAlgorithm algorithm = upload.checksumAlgorithm();
    ObjectChecksum.Type type = upload.checksumType();
    return CreateMultipartUploadResponse.builder()
        .bucket(upload.bucket())
        .key(upload.key())
        .uploadId(upload.id())
        .serverSideEncryption(upload.encryption().algorithm())
        .ssekmsKeyId(upload.encryption().kmsKey())
        .bucketKeyEnabled(ShownObject.bucketKey(upload.encryption()))
        .checksumAlgorithm(algorithm == null ? null : algorithm.name())
        .checksumType(type == null ? null : type.name())
        .build();
  }
}
