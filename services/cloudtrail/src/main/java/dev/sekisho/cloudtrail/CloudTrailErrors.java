package dev.sekisho.cloudtrail;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.ServiceException;

/** CloudTrail's errors, with its codes, statuses and wording. */
final class CloudTrailErrors {

  private CloudTrailErrors() {}

  private static ServiceException error(String code, String message) {
    return new ServiceException(code, 400, message);
  }

  static ServiceException invalidLookupAttributes(String message) {
    return error("InvalidLookupAttributesException", message);
  }

  static ServiceException invalidTimeRange(String message) {
    return error("InvalidTimeRangeException", message);
  }

  static ServiceException invalidNextToken() {
    return error("InvalidNextTokenException", "Invalid NextToken.");
  }

  static ServiceException invalidToken() {
    return error("InvalidTokenException", "Reserved for future use.");
  }

  static ServiceException invalidEventCategory(String category) {
    return error("InvalidEventCategoryException", category + " is not a valid event category.");
  }

  static ServiceException invalidName(String message) {
    return error("InvalidTrailNameException", message);
  }

  static ServiceException invalidArn(String arn) {
    return error("CloudTrailARNInvalidException", "The ARN " + arn + " is not valid.");
  }

  static ServiceException notFound(String name, AccountId account) {
    return error("TrailNotFoundException", "Unknown trail: " + name + " for the user: " + account);
  }

  static ServiceException exists(String name, AccountId account) {
    return error(
        "TrailAlreadyExistsException",
        "Trail " + name + " already exists for customer: " + account);
  }

  static ServiceException tooMany(AccountId account, int trails, String region) {
    return error(
        "MaximumNumberOfTrailsExceededException",
        "User: " + account + " already has " + trails + " trails in " + region + ".");
  }

  static ServiceException home(StoredTrail trail, String region) {
    return error(
        "InvalidHomeRegionException",
        "The trail "
            + trail.name()
            + " can be changed in its home Region "
            + trail.region()
            + " only, not in "
            + region
            + ".");
  }

  static ServiceException invalidBucket(String message) {
    return error("InvalidS3BucketNameException", message);
  }

  static ServiceException invalidPrefix(String message) {
    return error("InvalidS3PrefixException", message);
  }

  static ServiceException noBucket(String bucket) {
    return error("S3BucketDoesNotExistException", "S3 bucket " + bucket + " does not exist!");
  }

  static ServiceException bucketPolicy(String bucket) {
    return error(
        "InsufficientS3BucketPolicyException",
        "Incorrect S3 bucket policy is detected for bucket: " + bucket);
  }

  static ServiceException keyPolicy(String key, String bucket) {
    return error(
        "InsufficientEncryptionPolicyException",
        "Insufficient permissions to access S3 bucket " + bucket + " or KMS key " + key + ".");
  }

  static ServiceException noKey(String key) {
    return error("KmsKeyNotFoundException", "KMS key " + key + " does not exist.");
  }

  static ServiceException disabledKey(String key) {
    return error("KmsKeyDisabledException", "KMS key " + key + " is disabled.");
  }

  static ServiceException kms(String message) {
    return error("KmsException", message);
  }

  static ServiceException invalidKey(String key) {
    return error("InvalidKmsKeyIdException", "The KMS key id " + key + " is not valid.");
  }

  static ServiceException invalidTopic(String message) {
    return error("InvalidSnsTopicNameException", message);
  }

  static ServiceException topic() {
    return error(
        "InsufficientSnsTopicPolicyException",
        "SNS Topic does not exist or the topic policy is incorrect!");
  }

  static ServiceException noCloudWatchLogs() {
    return error(
        "CloudWatchLogsDeliveryUnavailableException",
        "Delivery to CloudWatch Logs is not available in this region.");
  }

  static ServiceException combination(String message) {
    return error("InvalidParameterCombinationException", message);
  }

  static ServiceException parameter(String message) {
    return error("InvalidParameterException", message);
  }

  static ServiceException selectors(String message) {
    return error("InvalidEventSelectorsException", message);
  }

  static ServiceException invalidTag(String message) {
    return error("InvalidTagParameterException", message);
  }

  static ServiceException tooManyTags(String arn) {
    return error(
        "TagsLimitExceededException",
        "The number of tags per trail has exceeded the permitted amount. Currently, the limit is"
            + " 50: "
            + arn);
  }

  static ServiceException resourceNotFound(String arn) {
    return error("ResourceNotFoundException", "Unknown resource: " + arn);
  }

  static ServiceException resourceType(String arn) {
    return error("ResourceTypeNotSupportedException", "Resource type is not supported: " + arn);
  }

  static ServiceException noOrganization() {
    return error(
        "OrganizationsNotInUseException",
        "Your account is not a member of an organization in AWS Organizations.");
  }

  static ServiceException notManagement() {
    return error(
        "NotOrganizationMasterAccountException",
        "The operation can be called by the management account of the organization only.");
  }

  static ServiceException notAllFeatures() {
    return error(
        "OrganizationNotInAllFeaturesModeException",
        "Your organization does not have all features enabled.");
  }

  static ServiceException noTrustedAccess() {
    return error(
        "CloudTrailAccessNotEnabledException",
        "Trusted access between AWS CloudTrail and AWS Organizations is not enabled for your"
            + " organization.");
  }
}
