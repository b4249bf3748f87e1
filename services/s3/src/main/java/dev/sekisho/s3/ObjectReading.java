package dev.sekisho.s3;

import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What GetObject and HeadObject have alike. */
final class ObjectReading {

  private final ObjectWork work;

  ObjectReading(ObjectWork work) {
    this.work = work;
  }

  /**
   * What is read of a version.
   *
   * @param contentRange none for the whole
   * @param partsCount none unless a part was asked for
   * @param checksum none unless it was asked for and is of just these bytes
   */
  record Selected(
      ObjectVersion version,
      long from,
      long length,
      @Nullable String contentRange,
      @Nullable Integer partsCount,
      @Nullable ObjectChecksum checksum) {}

  /**
   * What must be allowed: reading, and for what is not there also listing, or else the caller is
   * not told that it is not there.
   */
  Access access(
      Call<?> call,
      Bucket bucket,
      String key,
      @Nullable String versionId,
      Optional<ObjectVersion> found) {
    String action = versionId == null ? "s3:GetObject" : "s3:GetObjectVersion";
    List<AccessCheck> checks = new ArrayList<>();
    ObjectVersion readable = found.filter(version -> !version.deleteMarker()).orElse(null);
    checks.add(
        work.access().of(call, action, bucket, key, readable).with("s3:VersionId", versionId));
    if (readable == null) {
      checks.add(work.access().of(call, "s3:ListBucket", bucket).with("s3:prefix", key));
    }
    return new Access.Checked(checks);
  }

  /**
   * The version to read.
   *
   * @throws ServiceException NoSuchKey, NoSuchVersion or MethodNotAllowed
   */
  ObjectVersion require(String key, @Nullable String versionId, Optional<ObjectVersion> found) {
    if (found.isEmpty()) {
      throw versionId == null ? S3Errors.noSuchKey(key) : S3Errors.noSuchVersion(key, versionId);
    }
    ObjectVersion version = found.get();
    if (version.deleteMarker()) {
      throw S3Errors.deleteMarker(version, versionId != null);
    }
    return version;
  }

  /**
   * Applies conditions, range and part number.
   *
   * @throws ServiceException PreconditionFailed, InvalidRange, or 304 for what is not modified
   */
  Selected select(ObjectVersion version, SentMembers sent) {
    RequestedEncryption.refuseCustomerKeys(sent);
    Preconditions conditions =
        new Preconditions(
            sent.text("IfMatch"),
            sent.text("IfNoneMatch"),
            sent.instant("IfModifiedSince"),
            sent.instant("IfUnmodifiedSince"));
    switch (conditions.read(version.etag(), version.modifiedAt())) {
      case GO_ON -> {}
      case FAILED -> throw S3Errors.preconditionFailed(conditions.failed());
      case NOT_MODIFIED -> throw S3Errors.notModified(version);
    }
    boolean checked = "ENABLED".equals(sent.text("ChecksumMode"));
    String range = sent.text("Range");
    Integer part = sent.number("PartNumber");
    if (part != null) {
      if (range != null) {
        throw S3Errors.invalidRequest(
            "Cannot specify both Range header and partNumber query parameter");
      }
      return part(version, part, checked);
    }
    ByteRange asked = ByteRange.parse(range, version.size());
    if (asked == null) {
      return new Selected(
          version, 0, version.size(), null, null, checked ? version.checksum() : null);
    }
    return new Selected(
        version, asked.from(), asked.length(), asked.contentRange(version.size()), null, null);
  }

  private Selected part(ObjectVersion version, int number, boolean checked) {
    if (version.parts() == 0) {
      if (number != 1) {
        throw S3Errors.invalidPartNumber(number, 1);
      }
      return new Selected(
          version,
          0,
          version.size(),
          version.size() == 0
              ? null
              : new ByteRange(0, version.size()).contentRange(version.size()),
          null,
          checked ? version.checksum() : null);
    }
    // Parts keep the numbers they were uploaded under; readers count them from one.
    List<Upload.Part> parts = work.contents().parts(version);
    if (number > parts.size()) {
      throw S3Errors.invalidPartNumber(number, parts.size());
    }
    long from = 0;
    for (Upload.Part before : parts.subList(0, number - 1)) {
      from += before.size();
    }
    Upload.Part part = parts.get(number - 1);
    return new Selected(
        version,
        from,
        part.size(),
        part.size() == 0 ? null : new ByteRange(from, part.size()).contentRange(version.size()),
        parts.size(),
        checked ? checksum(version, part) : null);
  }

  private static @Nullable ObjectChecksum checksum(ObjectVersion version, Upload.Part part) {
    ObjectChecksum whole = version.checksum();
    String value = part.checksum();
    return whole == null || value == null
        ? null
        : new ObjectChecksum(whole.algorithm(), whole.type(), value);
  }

  /** How many tags, where there are any. */
  @Nullable Integer tagCount(ObjectVersion version) {
    Map<String, String> tags = version.details().tags();
    return tags.isEmpty() ? null : tags.size();
  }

  static @Nullable String mode(Retention retention) {
    Retention.Mode mode = retention.mode();
    return mode == null ? null : mode.name();
  }

  static @Nullable String hold(Retention retention) {
    return retention.legalHold() ? "ON" : null;
  }
}
