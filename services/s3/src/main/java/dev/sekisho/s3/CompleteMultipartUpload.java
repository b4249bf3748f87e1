package dev.sekisho.s3;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.s3.CompleteMultipartUploadRequest;
import dev.sekisho.contract.s3.CompleteMultipartUploadResponse;
import dev.sekisho.contract.s3.CompletedMultipartUpload;
import dev.sekisho.contract.s3.CompletedPart;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Transaction;
import dev.sekisho.s3.VersionWriter.NewObject;
import dev.sekisho.s3.VersionWriter.WriteCondition;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes an object of the parts of an upload. The parts' files stay as they are. */
final class CompleteMultipartUpload {

  private final ObjectWork work;

  CompleteMultipartUpload(ObjectWork work) {
    this.work = work;
  }

  Guarded<CompleteMultipartUploadResponse> completeMultipartUpload(
      Call<CompleteMultipartUploadRequest> call) {
    CompleteMultipartUploadRequest input = call.input();
    SentMembers sent = new SentMembers(input);
    RequestedEncryption.refuseCustomerKeys(sent);
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    CompletedMultipartUpload list = input.multipartUpload();
    List<CompletedPart> wanted = requireNonNullElse(list == null ? null : list.parts(), List.of());
    if (wanted.isEmpty() || wanted.size() > Multipart.MOST_PARTS) {
      throw S3Errors.malformedXml();
    }
    SentChecksum checksum = SentChecksum.of(sent);
    WriteCondition condition = new WriteCondition(input.ifMatch(), input.ifNoneMatch());
    List<AccessCheck> checks = new ArrayList<>();
    checks.add(
        work.access()
            .of(call, "s3:PutObject", bucket, input.key())
            .with("s3:if-match", input.ifMatch())
            .with("s3:if-none-match", input.ifNoneMatch()));
    if (input.ifMatch() != null) {
      checks.add(work.access().of(call, "s3:GetObject", bucket, input.key()));
    }
    Instant now = call.context().time();
    return Guarded.by(
        new Access.Checked(checks),
        _ -> {
          Upload upload = Multipart.require(work, bucket, input.key(), input.uploadId());
          return Outcome.change(transaction -> {
            Multipart.require(work, transaction, upload);
            List<Upload.Part> parts = parts(transaction, upload, wanted);
            NewObject object = object(upload, parts, checksum, input);
            ObjectVersion version = work.writer().put(transaction, bucket, object, condition, now);
            work.uploads().delete(transaction, upload.id());
            return shown(bucket, version, call);
          });
        });
  }

  /** The parts that the list names, in its order; the others are removed. */
  private List<Upload.Part> parts(
      Transaction transaction, Upload upload, List<CompletedPart> wanted) {
    Handle handle = StoreTransaction.handle(transaction);
    Map<Integer, Upload.Part> known = new HashMap<>();
    work.uploads()
        .parts(handle, upload.id(), 0, Multipart.MOST_PARTS)
        .forEach(part -> known.put(part.number(), part));
    List<Upload.Part> parts = new ArrayList<>(wanted.size());
    int before = 0;
    for (CompletedPart named : wanted) {
      int number = requireNonNullElse(named.partNumber(), 0);
      if (number <= before) {
        throw S3Errors.invalidPartOrder(upload.id());
      }
      before = number;
      Upload.Part part = known.remove(number);
      String etag = EntityTags.unquoted(requireNonNullElse(named.eTag(), ""));
      if (part == null || !part.etag().equals(etag)) {
        throw S3Errors.invalidPart(upload.id(), number, etag);
      }
      requireChecksum(upload, named, part);
      parts.add(part);
    }
    for (Upload.Part part : parts.subList(0, parts.size() - 1)) {
      if (part.size() < Multipart.LEAST) {
        throw S3Errors.entityTooSmall(part.size(), Multipart.LEAST, part.number(), part.etag());
      }
    }
    known
        .values()
        .forEach(part -> work.uploads().deletePart(transaction, upload.id(), part.number()));
    List<String> unused = known.values().stream().map(Upload.Part::file).toList();
    StoreTransaction.afterCommit(transaction, () -> work.files().delete(unused));
    return parts;
  }

  private static void requireChecksum(Upload upload, CompletedPart named, Upload.Part part) {
    SentChecksum given = SentChecksum.of(new SentMembers(named));
    String value = given.value();
    ChecksumAlgorithm algorithm = upload.checksumAlgorithm();
    if (value != null && algorithm == given.algorithm() && !value.equals(part.checksum())) {
      throw S3Errors.invalidPart(upload.id(), part.number(), part.etag());
    }
    if (value == null
        && algorithm != null
        && upload.checksumType() == ObjectChecksum.Type.COMPOSITE) {
      throw S3Errors.invalidRequest(
          "The upload was created using a "
              + algorithm.name().toLowerCase(java.util.Locale.ROOT)
              + " checksum. The complete request must include the checksum for each part. It was"
              + " missing for part "
              + part.number()
              + " in the request.");
    }
  }

  private NewObject object(
      Upload upload,
      List<Upload.Part> parts,
      SentChecksum sent,
      CompleteMultipartUploadRequest input) {
    long size = parts.stream().mapToLong(Upload.Part::size).sum();
    if (input.mpuObjectSize() != null && input.mpuObjectSize() != size) {
      throw S3Errors.invalidRequest(
          "The provided 'x-amz-mp-object-size' header value "
              + input.mpuObjectSize()
              + " does not match what was computed: "
              + size);
    }
    ObjectChecksum checksum = checksum(upload, parts);
    String given = sent.value();
    if (given != null && checksum != null && sent.algorithm() == checksum.algorithm()) {
      String bare = given.replaceFirst("-\\d+$", "");
      if (!bare.equals(checksum.value().replaceFirst("-\\d+$", ""))) {
        throw S3Errors.badDigest(checksum.algorithm().name());
      }
    }
    return new NewObject(
        upload.key(),
        upload.owner(),
        upload.id(),
        size,
        parts.size(),
        PartChecksums.eTag(parts),
        upload.details(),
        checksum,
        upload.encryption(),
        upload.retention());
  }

  private static @Nullable ObjectChecksum checksum(Upload upload, List<Upload.Part> parts) {
    ChecksumAlgorithm algorithm = upload.checksumAlgorithm();
    ObjectChecksum.Type type = upload.checksumType();
    return algorithm == null || type == null
        ? PartChecksums.of(ChecksumAlgorithm.USUAL, ObjectChecksum.Type.FULL_OBJECT, parts)
        : PartChecksums.of(algorithm, type, parts);
  }

  private CompleteMultipartUploadResponse shown(
      Bucket bucket, ObjectVersion version, Call<CompleteMultipartUploadRequest> call) {
    ObjectChecksum checksum = version.checksum();
    Encryption encryption = version.sealedBy();
    return CompleteMultipartUploadResponse.builder()
        .location(
            "https://" + bucket.name() + ".s3." + call.region() + ".amazonaws.com/" + version.key())
        .bucket(bucket.name())
        .key(version.key())
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
