package dev.sekisho.s3;

import dev.sekisho.core.ServiceException;
import java.util.HashMap;
import java.util.Map;

/** S3's errors, with its codes, wording and further elements. */
final class S3Errors {

  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private S3Errors() {}

  private static ServiceException of(String code, int status, String message) {
    return new ServiceException(code, status, message);
  }

  static ServiceException noSuchBucket(String bucket) {
    return new ServiceException(
        "NoSuchBucket",
        NOT_FOUND,
        "The specified bucket does not exist",
        Map.of("BucketName", bucket));
  }

  static ServiceException bucketAlreadyExists(String bucket) {
    return new ServiceException(
        "BucketAlreadyExists",
        CONFLICT,
        "The requested bucket name is not available. The bucket namespace is shared by all users"
            + " of the system. Please select a different name and try again.",
        Map.of("BucketName", bucket));
  }

  static ServiceException bucketAlreadyOwnedByYou(String bucket) {
    return new ServiceException(
        "BucketAlreadyOwnedByYou",
        CONFLICT,
        "Your previous request to create the named bucket succeeded and you already own it.",
        Map.of("BucketName", bucket));
  }

  static ServiceException bucketNotEmpty(String bucket, boolean versions) {
    return new ServiceException(
        "BucketNotEmpty",
        CONFLICT,
        versions
            ? "The bucket you tried to delete is not empty. You must delete all versions in the"
                + " bucket."
            : "The bucket you tried to delete is not empty",
        Map.of("BucketName", bucket));
  }

  static ServiceException invalidBucketName(String bucket) {
    return new ServiceException(
        "InvalidBucketName",
        BAD_REQUEST,
        "The specified bucket is not valid.",
        Map.of("BucketName", bucket));
  }

  static ServiceException tooManyBuckets() {
    return of(
        "TooManyBuckets", BAD_REQUEST, "You have attempted to create more buckets than allowed");
  }

  static ServiceException wrongRegion(String given, String expected) {
    return new ServiceException(
        "AuthorizationHeaderMalformed",
        BAD_REQUEST,
        "The authorization header is malformed; the region '"
            + given
            + "' is wrong; expecting '"
            + expected
            + "'",
        Map.of("Region", expected));
  }

  static ServiceException noSuchKey(String key) {
    return new ServiceException(
        "NoSuchKey", NOT_FOUND, "The specified key does not exist.", Map.of("Key", key));
  }

  static ServiceException noSuchVersion(String key, String version) {
    return new ServiceException(
        "NoSuchVersion",
        NOT_FOUND,
        "The specified version does not exist.",
        Map.of("Key", key, "VersionId", version));
  }

  static ServiceException noSuchUpload(String upload) {
    return new ServiceException(
        "NoSuchUpload",
        NOT_FOUND,
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have"
            + " been aborted or completed.",
        Map.of("UploadId", upload));
  }

  static ServiceException methodNotAllowed(String method) {
    return new ServiceException(
        "MethodNotAllowed",
        405,
        "The specified method is not allowed against this resource.",
        Map.of("Method", method, "ResourceType", "DeleteMarker"));
  }

  /** A delete marker cannot be read; whoever did not ask for it by its id finds no object. */
  static ServiceException deleteMarker(ObjectVersion marker, boolean asked) {
    ServiceException plain = asked ? methodNotAllowed("GET") : noSuchKey(marker.key());
    Map<String, String> members = new HashMap<>(plain.members());
    members.put("x-amz-delete-marker", "true");
    members.put("x-amz-version-id", marker.versionId());
    if (asked) {
      members.put("Last-Modified", HttpDates.write(marker.modifiedAt()));
    }
    return new ServiceException(plain.code(), plain.status(), plain.message(), members);
  }

  /** No error: the caller has what it would get. */
  static ServiceException notModified(ObjectVersion version) {
    return new ServiceException(
        "NotModified",
        304,
        "Not Modified",
        Map.of(
            "ETag",
            EntityTags.quoted(version.etag()),
            "Last-Modified",
            HttpDates.write(version.modifiedAt())));
  }

  static ServiceException accessDenied() {
    return of("AccessDenied", FORBIDDEN, "Access Denied");
  }

  static ServiceException locked() {
    return of("AccessDenied", FORBIDDEN, "Access Denied because object protected by object lock.");
  }

  static ServiceException preconditionFailed(String condition) {
    return new ServiceException(
        "PreconditionFailed",
        412,
        "At least one of the pre-conditions you specified did not hold",
        Map.of("Condition", condition));
  }

  static ServiceException invalidRange(String range, long size) {
    return new ServiceException(
        "InvalidRange",
        416,
        "The requested range is not satisfiable",
        Map.of("RangeRequested", range, "ActualObjectSize", Long.toString(size)));
  }

  static ServiceException invalidPartNumber(int part, int parts) {
    return new ServiceException(
        "InvalidPartNumber",
        416,
        "The requested partnumber is not satisfiable",
        Map.of(
            "PartNumberRequested",
            Integer.toString(part),
            "ActualPartCount",
            Integer.toString(parts)));
  }

  static ServiceException badDigest(String what) {
    return of(
        "BadDigest", BAD_REQUEST, "The " + what + " you specified did not match what we received.");
  }

  static ServiceException invalidDigest(String given) {
    return new ServiceException(
        "InvalidDigest",
        BAD_REQUEST,
        "The Content-MD5 you specified was invalid.",
        Map.of("Content-MD5", given));
  }

  static ServiceException entityTooLarge(long size, long most) {
    return new ServiceException(
        "EntityTooLarge",
        BAD_REQUEST,
        "Your proposed upload exceeds the maximum allowed size",
        Map.of("ProposedSize", Long.toString(size), "MaxSizeAllowed", Long.toString(most)));
  }

  static ServiceException entityTooSmall(long size, long least, int part, String etag) {
    return new ServiceException(
        "EntityTooSmall",
        BAD_REQUEST,
        "Your proposed upload is smaller than the minimum allowed size",
        Map.of(
            "ProposedSize",
            Long.toString(size),
            "MinSizeAllowed",
            Long.toString(least),
            "PartNumber",
            Integer.toString(part),
            "ETag",
            etag));
  }

  static ServiceException invalidPart(String upload, int part, String etag) {
    return new ServiceException(
        "InvalidPart",
        BAD_REQUEST,
        "One or more of the specified parts could not be found.  The part may not have been"
            + " uploaded, or the specified entity tag may not match the part's entity tag.",
        Map.of("UploadId", upload, "PartNumber", Integer.toString(part), "ETag", etag));
  }

  static ServiceException invalidPartOrder(String upload) {
    return new ServiceException(
        "InvalidPartOrder",
        BAD_REQUEST,
        "The list of parts was not in ascending order. Parts must be ordered by part number.",
        Map.of("UploadId", upload));
  }

  static ServiceException invalidRequest(String message) {
    return of("InvalidRequest", BAD_REQUEST, message);
  }

  static ServiceException invalidArgument(String name, String value, String message) {
    return new ServiceException(
        "InvalidArgument",
        BAD_REQUEST,
        message,
        Map.of("ArgumentName", name, "ArgumentValue", value));
  }

  static ServiceException invalidBucketState(String message) {
    return of("InvalidBucketState", CONFLICT, message);
  }

  static ServiceException malformedXml() {
    return of(
        "MalformedXML",
        BAD_REQUEST,
        "The XML you provided was not well-formed or did not validate against our published"
            + " schema");
  }

  static ServiceException malformedPolicy(String message) {
    return of("MalformedPolicy", BAD_REQUEST, message);
  }

  static ServiceException notImplemented(String header) {
    return new ServiceException(
        "NotImplemented",
        501,
        "A header you provided implies functionality that is not implemented",
        Map.of("Header", header));
  }

  /** A part of a bucket's configuration that was never given. */
  static ServiceException noSuchSetting(BucketSetting setting, String bucket) {
    return new ServiceException(
        setting.absentCode(), NOT_FOUND, setting.absentMessage(), Map.of("BucketName", bucket));
  }
}
