package dev.sekisho.cloudtrail;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Blob;
import dev.sekisho.core.ObjectStore;
import dev.sekisho.core.OrganizationDirectory;
import dev.sekisho.core.ServiceException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a trail can be as somebody wants it, and whether its bucket takes what it delivers. */
record TrailChecks(CloudTrailContext context) {

  private static final int LONGEST_PREFIX = 200;
  private static final int LONGEST_TOPIC = 256;
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern ADDRESS = Pattern.compile("\\d+(\\.\\d+){3}");
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9_-]+(\\.fifo)?");
  private static final Pattern KEY =
      Pattern.compile("(mrk-)?[0-9a-f-]{32,36}|alias/[A-Za-z0-9/_-]+");

  static void requireBucketName(String bucket) {
    if (!BUCKET.matcher(bucket).matches()
        || ADDRESS.matcher(bucket).matches()
        || bucket.contains("..")) {
      throw CloudTrailErrors.invalidBucket("Bucket name " + bucket + " is not valid.");
    }
  }

  static void requirePrefix(String prefix) {
    if (prefix.length() > LONGEST_PREFIX) {
      throw CloudTrailErrors.invalidPrefix(
          "S3 prefix is longer than maximum length. Maximum allowed length: 200 characters."
              + " Specified length: "
              + prefix.length()
              + " characters.");
    }
  }

  /** No trail can have what AWS would deliver to CloudWatch Logs. */
  static void refuseCloudWatchLogs(@Nullable String group, @Nullable String role) {
    if ((group != null && !group.isEmpty()) || (role != null && !role.isEmpty())) {
      throw CloudTrailErrors.noCloudWatchLogs();
    }
  }

  /** The topic's ARN; null for none. */
  @Nullable String topic(@Nullable String name, AccountId account, String region) {
    if (name == null || name.isEmpty()) {
      return null;
    }
    if (name.length() > LONGEST_TOPIC) {
      throw CloudTrailErrors.invalidTopic("SNS topic name is longer than 256 characters.");
    }
    if (!name.startsWith("arn:") && !TOPIC.matcher(name).matches()) {
      throw CloudTrailErrors.invalidTopic("SNS topic name " + name + " is not valid.");
    }
    String arn =
        name.startsWith("arn:") ? name : Arn.of("sns", region, account.value(), name).toString();
    if (!context.topics().has(arn)) {
      throw CloudTrailErrors.topic();
    }
    return arn;
  }

  /** The key's ARN; null for none. */
  static @Nullable String key(@Nullable String key, AccountId account, String region) {
    if (key == null || key.isEmpty()) {
      return null;
    }
    if (key.startsWith("arn:aws:kms:")) {
      return key;
    }
    if (!KEY.matcher(key).matches()) {
      throw CloudTrailErrors.invalidKey(key);
    }
    String resource = key.startsWith("alias/") ? key : "key/" + key;
    return Arn.of("kms", region, account.value(), resource).toString();
  }

  /**
   * The organization that a trail of the account may be of.
   *
   * @throws ServiceException when the account may make none
   */
  String organization(AccountId account) {
    OrganizationDirectory.Administration reach =
        context
            .organizations()
            .administration(account, CloudTrailContext.SERVICE)
            .orElseThrow(CloudTrailErrors::noOrganization);
    if (!reach.management().equals(account)) {
      throw CloudTrailErrors.notManagement();
    }
    if (!reach.allFeatures()) {
      throw CloudTrailErrors.notAllFeatures();
    }
    if (!reach.trusted()) {
      throw CloudTrailErrors.noTrustedAccess();
    }
    return reach.organizationId();
  }

  /**
   * Asks the bucket, by leaving an empty object where the trail's files are going to be.
   *
   * @throws ServiceException in CloudTrail's words when the bucket is not there or does not let it
   */
  void requireDelivery(StoredTrail trail) {
    StoredTrail.Target target = trail.target();
    try {
      context.objects().requireBucket(trail.sender(), target.bucket());
      context
          .objects()
          .put(
              trail.sender(),
              new ObjectStore.Upload(
                  target.bucket(),
                  LogFileKeys.folder(trail, trail.account().value()) + "CloudTrail/",
                  Blob.of(new byte[0]),
                  "application/octet-stream",
                  null,
                  Map.of(),
                  trail.encryption()));
    } catch (ServiceException refused) {
      throw translated(refused, target);
    }
  }

  private static ServiceException translated(ServiceException refused, StoredTrail.Target target) {
    String key = target.kmsKey();
    String code = refused.code();
    if (code.equals("NoSuchBucket")) {
      return CloudTrailErrors.noBucket(target.bucket());
    }
    if (key != null && code.endsWith("NotFoundException")) {
      return CloudTrailErrors.noKey(key);
    }
    if (key != null && code.endsWith("DisabledException")) {
      return CloudTrailErrors.disabledKey(key);
    }
    if (key != null && code.startsWith("KMS.")) {
      return CloudTrailErrors.kms(refused.message());
    }
    if (key != null && refused.message().contains("kms:")) {
      return CloudTrailErrors.keyPolicy(key, target.bucket());
    }
    // Whatever else it is, S3 does not take what the trail delivers.
    return refused.status() >= 500 ? refused : CloudTrailErrors.bucketPolicy(target.bucket());
  }
}
