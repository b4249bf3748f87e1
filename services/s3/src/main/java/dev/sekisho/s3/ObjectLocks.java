package dev.sekisho.s3;

import dev.sekisho.contract.s3.GetObjectLegalHoldRequest;
import dev.sekisho.contract.s3.GetObjectLegalHoldResponse;
import dev.sekisho.contract.s3.GetObjectRetentionRequest;
import dev.sekisho.contract.s3.GetObjectRetentionResponse;
import dev.sekisho.contract.s3.ObjectLockLegalHold;
import dev.sekisho.contract.s3.ObjectLockRetention;
import dev.sekisho.contract.s3.PutObjectLegalHoldRequest;
import dev.sekisho.contract.s3.PutObjectLegalHoldResponse;
import dev.sekisho.contract.s3.PutObjectRetentionRequest;
import dev.sekisho.contract.s3.PutObjectRetentionResponse;
import dev.sekisho.contract.s3.S3Api;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Retention periods and legal holds of single versions. */
final class ObjectLocks implements S3Api.ObjectLocks {

  private final ObjectWork work;
  private final NamedVersions named;

  ObjectLocks(ObjectWork work, NamedVersions named) {
    this.work = work;
    this.named = named;
  }

  @Override
  public Guarded<PutObjectRetentionResponse> putObjectRetention(
      Call<PutObjectRetentionRequest> call) {
    PutObjectRetentionRequest input = call.input();
    Bucket bucket = lockable(call, input.bucket(), input.expectedBucketOwner());
    Instant now = call.context().time();
    ObjectLockRetention asked = input.retention();
    Retention wanted = wanted(asked, now);
    NamedVersions.Named version = named.find(bucket, input.key(), input.versionId());
    List<AccessCheck> checks = new ArrayList<>();
    AccessCheck check =
        named
            .check(call, version, "s3:PutObjectRetention")
            .with("s3:object-lock-mode", wanted.mode() == null ? null : wanted.mode().name());
    checks.add(wanted.until() == null ? check : LockConditions.until(check, wanted.until(), now));
    boolean bypasses =
        Boolean.TRUE.equals(input.bypassGovernanceRetention())
            && version
                .version()
                .map(ObjectVersion::retention)
                .filter(kept -> kept.binds(now) && kept.loosens(wanted.mode(), wanted.until()))
                .isPresent();
    if (bypasses) {
      checks.add(named.check(call, version, "s3:BypassGovernanceRetention"));
    }
    return Guarded.by(
        new Access.Checked(checks),
        _ ->
            Outcome.change(transaction -> {
              ObjectVersion found = named.require(transaction, version);
              work.versions()
                  .retention(
                      transaction,
                      found,
                      found.retention().changed(wanted.mode(), wanted.until(), now, bypasses));
              return PutObjectRetentionResponse.builder().build();
            }));
  }

  /** A period in the future, or none to take one away. */
  private static Retention wanted(@Nullable ObjectLockRetention asked, Instant now) {
    String mode = asked == null ? null : asked.mode();
    Instant until = asked == null ? null : asked.retainUntilDate();
    if (mode == null && until == null) {
      return Retention.NONE;
    }
    if (mode == null || until == null) {
      throw S3Errors.malformedXml();
    }
    return RequestedRetention.of(mode, until, now);
  }

  @Override
  public Guarded<GetObjectRetentionResponse> getObjectRetention(
      Call<GetObjectRetentionRequest> call) {
    GetObjectRetentionRequest input = call.input();
    Bucket bucket = lockable(call, input.bucket(), input.expectedBucketOwner());
    NamedVersions.Named version = named.find(bucket, input.key(), input.versionId());
    return Guarded.by(
        named.check(call, version, "s3:GetObjectRetention"),
        _ -> {
          Retention retention = version.require().retention();
          if (retention.mode() == null) {
            throw notConfigured();
          }
          return Outcome.answer(
              GetObjectRetentionResponse.builder()
                  .retention(
                      ObjectLockRetention.builder()
                          .mode(retention.mode().name())
                          .retainUntilDate(retention.until())
                          .build())
                  .build());
        });
  }

  @Override
  public Guarded<PutObjectLegalHoldResponse> putObjectLegalHold(
      Call<PutObjectLegalHoldRequest> call) {
    PutObjectLegalHoldRequest input = call.input();
    Bucket bucket = lockable(call, input.bucket(), input.expectedBucketOwner());
    ObjectLockLegalHold asked = input.legalHold();
    String status = asked == null ? null : asked.status();
    if (status == null) {
      throw S3Errors.malformedXml();
    }
    NamedVersions.Named version = named.find(bucket, input.key(), input.versionId());
    return Guarded.by(
        named
            .check(call, version, "s3:PutObjectLegalHold")
            .with("s3:object-lock-legal-hold", status),
        _ ->
            Outcome.change(transaction -> {
              ObjectVersion found = named.require(transaction, version);
              work.versions()
                  .retention(
                      transaction, found, found.retention().withLegalHold(status.equals("ON")));
              return PutObjectLegalHoldResponse.builder().build();
            }));
  }

  @Override
  public Guarded<GetObjectLegalHoldResponse> getObjectLegalHold(
      Call<GetObjectLegalHoldRequest> call) {
    GetObjectLegalHoldRequest input = call.input();
    Bucket bucket = lockable(call, input.bucket(), input.expectedBucketOwner());
    NamedVersions.Named version = named.find(bucket, input.key(), input.versionId());
    return Guarded.by(
        named.check(call, version, "s3:GetObjectLegalHold"),
        _ ->
            Outcome.answer(
                GetObjectLegalHoldResponse.builder()
                    .legalHold(
                        ObjectLockLegalHold.builder()
                            .status(version.require().retention().legalHold() ? "ON" : "OFF")
                            .build())
                    .build()));
  }

  private Bucket lockable(Call<?> call, String name, @Nullable String expectedOwner) {
    Bucket bucket = work.buckets().require(call, name, expectedOwner);
    if (!bucket.objectLock()) {
      throw RequestedRetention.missingConfiguration();
    }
    return bucket;
  }

  private static ServiceException notConfigured() {
    return new ServiceException(
        "NoSuchObjectLockConfiguration",
        404,
        "The specified object does not have a ObjectLock configuration");
  }
}
