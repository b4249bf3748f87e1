package dev.sekisho.s3;

import dev.sekisho.policy.MalformedPolicyException;
import dev.sekisho.policy.PolicyDocument;
import dev.sekisho.policy.PolicyParser;
import dev.sekisho.policy.PolicyPublicness;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a bucket's public access block says, and whether its policy is public at all. */
final class PublicAccess {

  private static final int CAPACITY = 10_000;
  private static final PolicyPublicness PUBLICNESS =
      new PolicyPublicness(
          Set.of(
              "s3:dataaccesspointaccount",
              "s3:dataaccesspointarn",
              "s3:x-amz-server-side-encryption-aws-kms-key-id",
              "s3:accessgrantsinstancearn"));

  private final ConcurrentHashMap<String, Boolean> known = new ConcurrentHashMap<>();

  /**
   * A bucket's public access block, as flags of a text: which of the four are on.
   *
   * @param restrict whether a public policy says nothing to strangers
   */
  record Block(boolean acls, boolean ignoreAcls, boolean policy, boolean restrict) {

    static final Block NONE = new Block(false, false, false, false);

    /** What new buckets have. */
    static final Block ALL = new Block(true, true, true, true);

    static Block of(Bucket bucket) {
      String text = bucket.setting(BucketSetting.PUBLIC_ACCESS_BLOCK);
      return text == null ? NONE : parse(text);
    }

    String text() {
      return (acls ? "A" : "")
          + (ignoreAcls ? "I" : "")
          + (policy ? "P" : "")
          + (restrict ? "R" : "");
    }

    static Block parse(String text) {
      return new Block(
          text.indexOf('A') >= 0,
          text.indexOf('I') >= 0,
          text.indexOf('P') >= 0,
          text.indexOf('R') >= 0);
    }
  }

  /** Whether strangers are shut out of the bucket, its policy being public. */
  boolean restricts(Bucket bucket) {
    return Block.of(bucket).restrict() && isPublic(bucket);
  }

  /** Whether the bucket has a policy that is public. */
  boolean isPublic(Bucket bucket) {
    String policy = bucket.setting(BucketSetting.POLICY);
    if (policy == null) {
      return false;
    }
    if (known.size() >= CAPACITY) {
      known.clear();
    }
    return known.computeIfAbsent(policy, PublicAccess::isPublic);
  }

  /** Whether a bucket's policy lets in the public. */
  static boolean isPublic(PolicyDocument policy) {
    return PUBLICNESS.isPublic(policy);
  }

  /** Whether the policy, which was checked before, is public. */
  static boolean isPublic(String policy) {
    try {
      return isPublic(PolicyParser.parse(policy));
    } catch (MalformedPolicyException notChecked) {
      throw new IllegalStateException("a policy was kept that does not parse", notChecked);
    }
  }
}
