package dev.sekisho.s3;

import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Call;
import dev.sekisho.core.Origin;
import dev.sekisho.core.Principal;
import dev.sekisho.core.ResourcePolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The questions S3 asks the policies: always with the bucket's policy and owner.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">Actions,
 *     resources, and condition keys for S3</a>
 */
final class S3Access {

  private final PublicAccess publicAccess;

  S3Access(PublicAccess publicAccess) {
    this.publicAccess = publicAccess;
  }

  /** A check on a bucket. */
  AccessCheck of(Call<?> call, String action, Bucket bucket) {
    return of(call, action, bucket, bucket.arn(), Map.of());
  }

  /** A check on a key of the bucket, whether there is an object or not. */
  AccessCheck of(Call<?> call, String action, Bucket bucket, String key) {
    return of(call, action, bucket, BucketName.arn(bucket.name(), key), Map.of());
  }

  /** A check on a version that is there, with the keys that tell its tags. */
  AccessCheck of(Call<?> call, String action, Bucket bucket, ObjectVersion version) {
    Map<String, List<String>> conditions = new HashMap<>();
    version
        .details()
        .tags()
        .forEach((name, value) -> conditions.put("s3:ExistingObjectTag/" + name, List.of(value)));
    return of(call, action, bucket, BucketName.arn(bucket.name(), version.key()), conditions);
  }

  /** A check on a version that is there, or on the key of one that is not. */
  AccessCheck of(
      Call<?> call, String action, Bucket bucket, String key, @Nullable ObjectVersion version) {
    return version == null ? of(call, action, bucket, key) : of(call, action, bucket, version);
  }

  private AccessCheck of(
      Call<?> call,
      String action,
      Bucket bucket,
      String resource,
      Map<String, List<String>> conditions) {
    Map<String, List<String>> known = new HashMap<>(conditions);
    known.put("aws:ResourceAccount", List.of(bucket.owner().value()));
    known.put("s3:ResourceAccount", List.of(bucket.owner().value()));
    if (call.context().origin() instanceof Origin.OwnAccord(Arn source)) {
      known.put("aws:SourceArn", List.of(source.toString()));
      known.put("aws:SourceAccount", List.of(source.account()));
    }
    return new AccessCheck(action, resource, bucket.owner(), known, policy(call, bucket));
  }

  private @Nullable ResourcePolicy policy(Call<?> call, Bucket bucket) {
    String policy = bucket.setting(BucketSetting.POLICY);
    return policy == null || isShutOut(call.context().caller().principal(), bucket)
        ? null
        : new ResourcePolicy(ResourcePolicy.Kind.ORDINARY, policy);
  }

  /** RestrictPublicBuckets: a public policy says nothing to others than the owner and services. */
  private boolean isShutOut(Principal principal, Bucket bucket) {
    return !(principal instanceof Principal.Service)
        && !bucket.owner().equals(principal.account())
        && publicAccess.restricts(bucket);
  }
}
