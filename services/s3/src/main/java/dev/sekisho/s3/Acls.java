package dev.sekisho.s3;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.ServiceException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of ACLs that calls bring with them: objects belong to the bucket's owner, who has
 * full control, and nothing else can be said by an ACL.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html">Object
 *     Ownership</a>
 */
final class Acls {

  static final String ENFORCED = "BucketOwnerEnforced";

  private static final String FULL_CONTROL = "bucket-owner-full-control";
  private static final String PRIVATE = "private";
  private static final Set<String> PUBLIC =
      Set.of("public-read", "public-read-write", "authenticated-read");
  private static final List<String> GRANTS =
      List.of("GrantFullControl", "GrantRead", "GrantReadACP", "GrantWrite", "GrantWriteACP");

  private Acls() {}

  /**
   * Refuses an ACL that says more than the bucket's owner has anyway.
   *
   * @param writer the caller's account
   * @throws ServiceException AccessControlListNotSupported, AccessDenied or NotImplemented
   */
  static void require(Bucket bucket, @Nullable AccountId writer, SentMembers sent) {
    String acl = sent.text("ACL");
    if (acl != null && PUBLIC.contains(acl) && PublicAccess.Block.of(bucket).acls()) {
      throw S3Errors.accessDenied();
    }
    boolean harmless =
        acl == null
            || acl.equals(FULL_CONTROL)
            || (acl.equals(PRIVATE) && bucket.owner().equals(writer));
    boolean grants = GRANTS.stream().anyMatch(sent::has);
    if (harmless && !grants) {
      return;
    }
    if (ENFORCED.equals(bucket.setting(BucketSetting.OWNERSHIP_CONTROLS))) {
      throw notSupported();
    }
    throw S3Errors.notImplemented(harmless ? "x-amz-grant-*" : "x-amz-acl");
  }

  static ServiceException notSupported() {
    return new ServiceException(
        "AccessControlListNotSupported", 400, "The bucket does not allow ACLs");
  }
}
