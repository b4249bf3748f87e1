package dev.sekisho.s3;

import dev.sekisho.contract.StoredStructure;
import dev.sekisho.contract.s3.BucketLifecycleConfiguration;
import dev.sekisho.contract.s3.DeleteBucketLifecycleRequest;
import dev.sekisho.contract.s3.DeleteBucketLifecycleResponse;
import dev.sekisho.contract.s3.GetBucketLifecycleConfigurationRequest;
import dev.sekisho.contract.s3.GetBucketLifecycleConfigurationResponse;
import dev.sekisho.contract.s3.PutBucketLifecycleConfigurationRequest;
import dev.sekisho.contract.s3.PutBucketLifecycleConfigurationResponse;
import dev.sekisho.contract.s3.S3Api;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Randomness;

/** When objects of a bucket expire. */
final class BucketLifecycle implements S3Api.BucketLifecycle {

  /** What Sekisho's own answer says of rules that name no least size: they are for all sizes. */
  private static final String SIZES = "all_storage_classes_128K";

  private final SettingWork settings;
  private final Randomness randomness;

  BucketLifecycle(SettingWork settings, Randomness randomness) {
    this.settings = settings;
    this.randomness = randomness;
  }

  @Override
  public Guarded<PutBucketLifecycleConfigurationResponse> putBucketLifecycleConfiguration(
      Call<PutBucketLifecycleConfigurationRequest> call) {
    PutBucketLifecycleConfigurationRequest input = call.input();
    BucketLifecycleConfiguration configuration = input.lifecycleConfiguration();
    if (configuration == null) {
      throw S3Errors.malformedXml();
    }
    BucketLifecycleConfiguration kept = LifecycleRules.require(configuration, randomness);
    return settings.put(
        call,
        "s3:PutLifecycleConfiguration",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        BucketSetting.LIFECYCLE,
        StoredStructure.write(kept),
        () ->
            PutBucketLifecycleConfigurationResponse.builder()
                .transitionDefaultMinimumObjectSize(SIZES)
                .build());
  }

  @Override
  public Guarded<GetBucketLifecycleConfigurationResponse> getBucketLifecycleConfiguration(
      Call<GetBucketLifecycleConfigurationRequest> call) {
    GetBucketLifecycleConfigurationRequest input = call.input();
    return settings.get(
        call,
        "s3:GetLifecycleConfiguration",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        bucket ->
            GetBucketLifecycleConfigurationResponse.builder()
                .rules(
                    StoredStructure.read(
                            BucketLifecycleConfiguration.SHAPE,
                            SettingWork.require(bucket, BucketSetting.LIFECYCLE))
                        .rules())
                .transitionDefaultMinimumObjectSize(SIZES)
                .build());
  }

  @Override
  public Guarded<DeleteBucketLifecycleResponse> deleteBucketLifecycle(
      Call<DeleteBucketLifecycleRequest> call) {
    DeleteBucketLifecycleRequest input = call.input();
    return settings.delete(
        call,
        "s3:PutLifecycleConfiguration",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        BucketSetting.LIFECYCLE,
        () -> DeleteBucketLifecycleResponse.builder().build());
  }
}
