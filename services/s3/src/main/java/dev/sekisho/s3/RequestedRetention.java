package dev.sekisho.s3;

import dev.sekisho.contract.StoredStructure;
import dev.sekisho.contract.s3.DefaultRetention;
import dev.sekisho.contract.s3.ObjectLockConfiguration;
import dev.sekisho.contract.s3.ObjectLockRule;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What Object Lock is to keep a new object by: as its request says, else as its bucket says. */
final class RequestedRetention {

  private RequestedRetention() {}

  /**
   * @throws dev.sekisho.core.ServiceException InvalidRequest or InvalidArgument
   */
  static Retention of(Bucket bucket, SentMembers sent, Instant now) {
    String mode = sent.text("ObjectLockMode");
    Instant until = sent.instant("ObjectLockRetainUntilDate");
    String hold = sent.text("ObjectLockLegalHoldStatus");
    if ((mode != null || until != null || hold != null) && !bucket.objectLock()) {
      throw missingConfiguration();
    }
    if ((mode == null) != (until == null)) {
      throw S3Errors.invalidArgument(
          mode == null ? "x-amz-object-lock-mode" : "x-amz-object-lock-retain-until-date",
          "null",
          "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied");
    }
    Retention period = mode == null ? usual(bucket, now) : of(mode, until, now);
    return period.withLegalHold("ON".equals(hold));
  }

  static dev.sekisho.core.ServiceException missingConfiguration() {
    return S3Errors.invalidRequest("Bucket is missing Object Lock Configuration");
  }

  /** A period that ends in the future. */
  static Retention of(String mode, @Nullable Instant until, Instant now) {
    Retention.Mode known;
    try {
      known = Retention.Mode.valueOf(mode);
    } catch (IllegalArgumentException unknown) {
      throw S3Errors.invalidArgument("x-amz-object-lock-mode", mode, "Unknown wormMode directive.");
    }
    if (until == null || !until.isAfter(now)) {
      throw S3Errors.invalidArgument(
          "x-amz-object-lock-retain-until-date",
          String.valueOf(until),
          "The retain until date must be in the future!");
    }
    return new Retention(known, until, false);
  }

  /** The bucket's default period from now on. */
  private static Retention usual(Bucket bucket, Instant now) {
    String setting = bucket.setting(BucketSetting.OBJECT_LOCK);
    ObjectLockRule rule =
        setting == null
            ? null
            : StoredStructure.read(ObjectLockConfiguration.SHAPE, setting).rule();
    DefaultRetention usual = rule == null ? null : rule.defaultRetention();
    String mode = usual == null ? null : usual.mode();
    if (usual == null || mode == null) {
      return Retention.NONE;
    }
    Integer days = usual.days();
    Integer years = usual.years();
    Instant until =
        years != null
            ? now.atOffset(ZoneOffset.UTC).plusYears(years).toInstant()
            : now.atOffset(ZoneOffset.UTC).plusDays(days == null ? 0 : days).toInstant();
    return new Retention(Retention.Mode.valueOf(mode), until, false);
  }
}
