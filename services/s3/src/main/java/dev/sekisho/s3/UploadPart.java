package dev.sekisho.s3;

import dev.sekisho.contract.s3.CopyPartResult;
import dev.sekisho.contract.s3.UploadPartCopyRequest;
import dev.sekisho.contract.s3.UploadPartCopyResponse;
import dev.sekisho.contract.s3.UploadPartRequest;
import dev.sekisho.contract.s3.UploadPartResponse;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Authorized;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Secret;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes in one part of a multipart upload, from the caller or out of an object. */
final class UploadPart {

  private final ObjectWork work;

  UploadPart(ObjectWork work) {
    this.work = work;
  }

  Guarded<UploadPartResponse> uploadPart(Call<UploadPartRequest> call) {
    UploadPartRequest input = call.input();
    SentMembers sent = new SentMembers(input);
    RequestedEncryption.refuseCustomerKeys(sent);
    Multipart.requireNumber(input.partNumber());
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    SentChecksum checksum = SentChecksum.of(sent);
    return Guarded.by(
        work.access().of(call, "s3:PutObject", bucket, input.key()),
        authorized -> {
          Upload upload = Multipart.require(work, bucket, input.key(), input.uploadId());
          ChecksumAlgorithm algorithm = algorithm(upload, checksum);
          Secret key = work.keys().open(authorized.context(), upload.id(), upload.encryption());
          Stored stored =
              work.bodies()
                  .receive(
                      input.body(),
                      key,
                      upload.encryption(),
                      checksum.claims(input.contentMD5(), algorithm));
          return Outcome.change(transaction -> {
            Upload.Part part = keep(transaction, upload, input.partNumber(), stored, authorized);
            // What was computed for S3's own sake is not told.
            ObjectChecksum told =
                checksum.algorithm() == null && upload.checksumAlgorithm() == null
                    ? null
                    : stored.checksum();
            return UploadPartResponse.builder()
                .eTag(EntityTags.quoted(part.etag()))
                .checksumCRC32(ShownObject.checksum(told, ChecksumAlgorithm.CRC32))
                .checksumCRC32C(ShownObject.checksum(told, ChecksumAlgorithm.CRC32C))
                .checksumCRC64NVME(ShownObject.checksum(told, ChecksumAlgorithm.CRC64NVME))
                .checksumSHA1(ShownObject.checksum(told, ChecksumAlgorithm.SHA1))
                .checksumSHA256(ShownObject.checksum(told, ChecksumAlgorithm.SHA256))
                .serverSideEncryption(upload.encryption().algorithm())
                .ssekmsKeyId(upload.encryption().kmsKey())
                .bucketKeyEnabled(ShownObject.bucketKey(upload.encryption()))
                .build();
          });
        });
  }

  /** The upload's own algorithm, which a part may not leave for another. */
  private static ChecksumAlgorithm algorithm(Upload upload, SentChecksum sent) {
    ChecksumAlgorithm wanted = upload.checksumAlgorithm();
    ChecksumAlgorithm given = sent.algorithm();
    if (wanted == null) {
      return given == null ? ChecksumAlgorithm.USUAL : given;
    }
    if (given != null && given != wanted) {
      throw S3Errors.invalidRequest(
          "Checksum Type mismatch occurred, expected checksum Type: "
              + wanted.name().toLowerCase(java.util.Locale.ROOT)
              + ", actual checksum Type: "
              + given.name().toLowerCase(java.util.Locale.ROOT));
    }
    return wanted;
  }

  private Upload.Part keep(
      Transaction transaction, Upload asked, int number, Stored stored, Authorized authorized) {
    Upload upload = Multipart.require(work, transaction, asked);
    ObjectChecksum checksum = stored.checksum();
    Instant now = authorized.context().time();
    Upload.Part part =
        new Upload.Part(
            number,
            stored.file(),
            stored.length(),
            work.eTag(stored),
            // An upload that names no algorithm gets the usual checksum of the whole in the end.
            upload.checksumAlgorithm() == null && checksum.algorithm() != ChecksumAlgorithm.USUAL
                ? null
                : checksum.value(),
            now);
    List<String> before =
        work.uploads()
            .part(StoreTransaction.handle(transaction), upload.id(), number)
            .map(replaced -> List.of(replaced.file()))
            .orElse(List.of());
    work.uploads().put(transaction, upload.id(), part);
    StoreTransaction.afterCommit(
        transaction,
        () -> {
          work.files().keep(List.of(part.file()));
          work.files().delete(before);
        });
    return part;
  }

  Guarded<UploadPartCopyResponse> uploadPartCopy(Call<UploadPartCopyRequest> call) {
    UploadPartCopyRequest input = call.input();
    SentMembers sent = new SentMembers(input);
    Multipart.requireNumber(input.partNumber());
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    CopySource.Found source = CopySource.find(work, call);
    List<AccessCheck> checks = new ArrayList<>(CopySource.checks(work, call, source, false));
    checks.add(
        work.access()
            .of(call, "s3:PutObject", bucket, input.key())
            .with("s3:x-amz-copy-source", input.copySource()));
    return Guarded.by(
        new Access.Checked(checks),
        authorized -> {
          Upload upload = Multipart.require(work, bucket, input.key(), input.uploadId());
          ObjectVersion original = source.require(sent);
          ByteRange range = range(input.copySourceRange(), original);
          if (range.length() > ReceivedBody.LARGEST) {
            throw S3Errors.entityTooLarge(range.length(), ReceivedBody.LARGEST);
          }
          ChecksumAlgorithm wanted = upload.checksumAlgorithm();
          InputStream bytes =
              work.contents()
                  .open(authorized.context(), original, range.from(), range.length())
                  .orElseThrow(() -> S3Errors.noSuchKey(original.key()));
          Secret key = work.keys().open(authorized.context(), upload.id(), upload.encryption());
          Stored stored =
              work.bodies()
                  .receive(
                      bytes,
                      key,
                      upload.encryption(),
                      wanted == null ? ChecksumAlgorithm.USUAL : wanted);
          return Outcome.change(transaction -> {
            Upload.Part part = keep(transaction, upload, input.partNumber(), stored, authorized);
            return copied(upload, original, part, wanted == null ? null : stored.checksum());
          });
        });
  }

  private static ByteRange range(@Nullable String header, ObjectVersion original) {
    if (header == null) {
      return new ByteRange(0, original.size());
    }
    ByteRange range = ByteRange.parse(header, original.size());
    if (range == null || !header.matches("bytes=\\d+-\\d+")) {
      throw S3Errors.invalidArgument(
          "x-amz-copy-source-range",
          header,
          "The x-amz-copy-source-range value must be of the form bytes=first-last where first and"
              + " last are the zero-based offsets of the first and last bytes to copy");
    }
    return range;
  }

  private static UploadPartCopyResponse copied(
      Upload upload, ObjectVersion original, Upload.Part part, @Nullable ObjectChecksum told) {
    return UploadPartCopyResponse.builder()
        .copyPartResult(
            CopyPartResult.builder()
                .eTag(EntityTags.quoted(part.etag()))
                .lastModified(part.modifiedAt())
                .checksumCRC32(ShownObject.checksum(told, ChecksumAlgorithm.CRC32))
                .checksumCRC32C(ShownObject.checksum(told, ChecksumAlgorithm.CRC32C))
                .checksumCRC64NVME(ShownObject.checksum(told, ChecksumAlgorithm.CRC64NVME))
                .checksumSHA1(ShownObject.checksum(told, ChecksumAlgorithm.SHA1))
                .checksumSHA256(ShownObject.checksum(told, ChecksumAlgorithm.SHA256))
                .build())
        .copySourceVersionId(
            original.versionId().equals(ObjectVersion.NULL_VERSION) ? null : original.versionId())
        .serverSideEncryption(upload.encryption().algorithm())
        .ssekmsKeyId(upload.encryption().kmsKey())
        .bucketKeyEnabled(ShownObject.bucketKey(upload.encryption()))
        .build();
  }
}
