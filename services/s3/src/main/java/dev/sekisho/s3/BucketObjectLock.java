package dev.sekisho.s3;

import dev.sekisho.contract.StoredStructure;
import dev.sekisho.contract.s3.DefaultRetention;
import dev.sekisho.contract.s3.GetObjectLockConfigurationRequest;
import dev.sekisho.contract.s3.GetObjectLockConfigurationResponse;
import dev.sekisho.contract.s3.ObjectLockConfiguration;
import dev.sekisho.contract.s3.ObjectLockRule;
import dev.sekisho.contract.s3.PutObjectLockConfigurationRequest;
import dev.sekisho.contract.s3.PutObjectLockConfigurationResponse;
import dev.sekisho.contract.s3.S3Api;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import org.jspecify.annotations.Nullable;

/** Whether the objects of a bucket can be locked, and for how long new ones are. */
final class BucketObjectLock implements S3Api.BucketObjectLock {

  private static final String ENABLED = "Enabled";
  private static final int MOST_DAYS = 36_500;
  private static final int MOST_YEARS = 100;

  private final SettingWork settings;

  BucketObjectLock(SettingWork settings) {
    this.settings = settings;
  }

  @Override
  public Guarded<PutObjectLockConfigurationResponse> putObjectLockConfiguration(
      Call<PutObjectLockConfigurationRequest> call) {
    PutObjectLockConfigurationRequest input = call.input();
    ObjectLockConfiguration configuration = input.objectLockConfiguration();
    if (configuration == null || !ENABLED.equals(configuration.objectLockEnabled())) {
      throw S3Errors.malformedXml();
    }
    require(configuration.rule());
    return settings.change(
        call,
        "s3:PutBucketObjectLockConfiguration",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        (transaction, now) -> {
          if (now.versioning() != Bucket.Versioning.ENABLED) {
            throw S3Errors.invalidBucketState(
                "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
          }
          BucketStore store = settings.buckets().store();
          store.enableObjectLock(transaction, now.name());
          store.put(
              transaction,
              now.name(),
              BucketSetting.OBJECT_LOCK,
              StoredStructure.write(configuration));
        },
        () -> PutObjectLockConfigurationResponse.builder().build());
  }

  private static void require(@Nullable ObjectLockRule rule) {
    if (rule == null) {
      return;
    }
    DefaultRetention usual = rule.defaultRetention();
    if (usual == null
        || usual.mode() == null
        || (usual.days() == null) == (usual.years() == null)) {
      throw S3Errors.malformedXml();
    }
    Integer days = usual.days();
    Integer years = usual.years();
    int period = days != null ? days : years != null ? years : 0;
    if (period <= 0) {
      throw S3Errors.invalidArgument(
          "DefaultRetention",
          Integer.toString(period),
          "Default retention period must be a positive integer value.");
    }
    if ((days != null && days > MOST_DAYS) || (years != null && years > MOST_YEARS)) {
      throw S3Errors.invalidArgument(
          "DefaultRetention", Integer.toString(period), "Default retention period too large");
    }
  }

  @Override
  public Guarded<GetObjectLockConfigurationResponse> getObjectLockConfiguration(
      Call<GetObjectLockConfigurationRequest> call) {
    GetObjectLockConfigurationRequest input = call.input();
    return settings.get(
        call,
        "s3:GetBucketObjectLockConfiguration",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        bucket -> {
          if (!bucket.objectLock()) {
            throw S3Errors.noSuchSetting(BucketSetting.OBJECT_LOCK, bucket.name());
          }
          String kept = bucket.setting(BucketSetting.OBJECT_LOCK);
          return GetObjectLockConfigurationResponse.builder()
              .objectLockConfiguration(
                  kept == null
                      ? ObjectLockConfiguration.builder().objectLockEnabled(ENABLED).build()
                      : StoredStructure.read(ObjectLockConfiguration.SHAPE, kept))
              .build();
        });
  }
}
