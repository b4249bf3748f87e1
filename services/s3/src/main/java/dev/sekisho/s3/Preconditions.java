package dev.sekisho.s3;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of an object for a call to go on, as conditional headers say.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html">Conditional
 *     requests</a>
 */
record Preconditions(
    @Nullable String ifMatch,
    @Nullable String ifNoneMatch,
    @Nullable Instant ifModifiedSince,
    @Nullable Instant ifUnmodifiedSince) {

  /** What becomes of a read. */
  enum Reading {
    GO_ON,
    NOT_MODIFIED,
    FAILED
  }

  /** The rules of RFC 9110 for reading: tags win over times. */
  Reading read(String etag, Instant modified) {
    Instant second = modified.truncatedTo(ChronoUnit.SECONDS);
    if (ifMatch != null) {
      if (!EntityTags.matches(ifMatch, etag)) {
        return Reading.FAILED;
      }
    } else if (ifUnmodifiedSince != null && second.isAfter(ifUnmodifiedSince)) {
      return Reading.FAILED;
    }
    if (ifNoneMatch != null) {
      return EntityTags.matches(ifNoneMatch, etag) ? Reading.NOT_MODIFIED : Reading.GO_ON;
    }
    return ifModifiedSince != null && !second.isAfter(ifModifiedSince)
        ? Reading.NOT_MODIFIED
        : Reading.GO_ON;
  }

  /** The condition that failed a read, as the error names it. */
  String failed() {
    return ifMatch != null ? "If-Match" : "If-Unmodified-Since";
  }

  /**
   * The rules for copying, where nothing is answered as not modified.
   *
   * @throws dev.sekisho.core.ServiceException PreconditionFailed
   */
  void requireForCopy(String etag, Instant modified) {
    switch (read(etag, modified)) {
      case GO_ON -> {}
      case FAILED -> throw S3Errors.preconditionFailed("x-amz-copy-source-" + failed());
      case NOT_MODIFIED ->
          throw S3Errors.preconditionFailed(
              ifNoneMatch != null
                  ? "x-amz-copy-source-If-None-Match"
                  : "x-amz-copy-source-If-Modified-Since");
    }
  }

  /**
   * The rules for writing over an object, or where there is none.
   *
   * @param key what is written
   * @param etag the tag of what is there now; null when there is nothing
   * @throws dev.sekisho.core.ServiceException PreconditionFailed, NoSuchKey or NotImplemented
   */
  static void requireForWrite(
      String key, @Nullable String etag, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
    if (ifNoneMatch != null) {
      if (!ifNoneMatch.strip().equals("*")) {
        throw S3Errors.notImplemented("If-None-Match");
      }
      if (etag != null) {
        throw S3Errors.preconditionFailed("If-None-Match");
      }
    }
    if (ifMatch != null) {
      if (etag == null) {
        throw S3Errors.noSuchKey(key);
      }
      if (!EntityTags.matches(ifMatch, etag)) {
        throw S3Errors.preconditionFailed("If-Match");
      }
    }
  }
}
