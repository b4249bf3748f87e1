package dev.sekisho.s3;

import dev.sekisho.contract.s3.DeleteObjectRequest;
import dev.sekisho.contract.s3.DeleteObjectResponse;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.s3.VersionDeletion.Done;
import dev.sekisho.s3.VersionDeletion.Wanted;
import dev.sekisho.s3.VersionWriter.WriteCondition;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes one key, or one version of it. */
final class DeleteObject {

  private final ObjectWork work;

  DeleteObject(ObjectWork work) {
    this.work = work;
  }

  Guarded<DeleteObjectResponse> deleteObject(Call<DeleteObjectRequest> call) {
    DeleteObjectRequest input = call.input();
    if (input.ifMatchLastModifiedTime() != null || input.ifMatchSize() != null) {
      throw S3Errors.notImplemented("x-amz-if-match-last-modified-time");
    }
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    boolean bypass = Boolean.TRUE.equals(input.bypassGovernanceRetention());
    Checked checked = checks(call, bucket, input.key(), input.versionId(), bypass);
    WriteCondition condition = new WriteCondition(input.ifMatch(), null);
    Instant now = call.context().time();
    return Guarded.by(
        new Access.Checked(checked.checks()),
        authorized ->
            Outcome.change(transaction -> {
              condition.requireIfGiven(
                  input.key(),
                  () ->
                      work.versions()
                          .latest(
                              StoreTransaction.handle(transaction), bucket.name(), input.key()));
              Done done =
                  work.deletion()
                      .delete(
                          transaction,
                          bucket,
                          checked.wanted(),
                          work.owner(authorized, bucket),
                          now);
              return DeleteObjectResponse.builder()
                  .versionId(done.versionId())
                  .deleteMarker(done.marker() ? Boolean.TRUE : null)
                  .build();
            }));
  }

  /**
   * What must be allowed for a deletion, and what may then be deleted.
   *
   * @param wanted bypasses governance only if the checks ask whether the caller may
   */
  record Checked(List<AccessCheck> checks, Wanted wanted) {}

  Checked checks(
      Call<?> call, Bucket bucket, String key, @Nullable String versionId, boolean bypass) {
    String action = versionId == null ? "s3:DeleteObject" : "s3:DeleteObjectVersion";
    ObjectVersion version = work.find(bucket, key, versionId).orElse(null);
    List<AccessCheck> checks = new ArrayList<>();
    checks.add(
        work.access().of(call, action, bucket, key, version).with("s3:VersionId", versionId));
    boolean bypasses =
        bypass && version != null && version.retention().yieldsToBypass(call.context().time());
    if (bypasses) {
      checks.add(
          work.access()
              .of(call, "s3:BypassGovernanceRetention", bucket, key, version)
              .with("s3:VersionId", versionId));
    }
    return new Checked(checks, new Wanted(key, versionId, bypasses));
  }
}
