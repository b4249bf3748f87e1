package dev.sekisho.s3;

import dev.sekisho.contract.s3.DeleteBucketOwnershipControlsRequest;
import dev.sekisho.contract.s3.DeleteBucketOwnershipControlsResponse;
import dev.sekisho.contract.s3.GetBucketOwnershipControlsRequest;
import dev.sekisho.contract.s3.GetBucketOwnershipControlsResponse;
import dev.sekisho.contract.s3.OwnershipControls;
import dev.sekisho.contract.s3.OwnershipControlsRule;
import dev.sekisho.contract.s3.PutBucketOwnershipControlsRequest;
import dev.sekisho.contract.s3.PutBucketOwnershipControlsResponse;
import dev.sekisho.contract.s3.S3Api;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import java.util.List;

/** Whose the objects are that others write into a bucket. */
final class BucketOwnership implements S3Api.BucketOwnership {

  private final SettingWork settings;

  BucketOwnership(SettingWork settings) {
    this.settings = settings;
  }

  @Override
  public Guarded<PutBucketOwnershipControlsResponse> putBucketOwnershipControls(
      Call<PutBucketOwnershipControlsRequest> call) {
    PutBucketOwnershipControlsRequest input = call.input();
    List<OwnershipControlsRule> rules = input.ownershipControls().rules();
    if (rules == null || rules.size() != 1) {
      throw S3Errors.malformedXml();
    }
    return settings.put(
        call,
        "s3:PutBucketOwnershipControls",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        BucketSetting.OWNERSHIP_CONTROLS,
        rules.getFirst().objectOwnership(),
        () -> PutBucketOwnershipControlsResponse.builder().build());
  }

  @Override
  public Guarded<GetBucketOwnershipControlsResponse> getBucketOwnershipControls(
      Call<GetBucketOwnershipControlsRequest> call) {
    GetBucketOwnershipControlsRequest input = call.input();
    return settings.get(
        call,
        "s3:GetBucketOwnershipControls",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        bucket ->
            GetBucketOwnershipControlsResponse.builder()
                .ownershipControls(
                    OwnershipControls.builder()
                        .rules(
                            List.of(
                                OwnershipControlsRule.builder()
                                    .objectOwnership(
                                        SettingWork.require(
                                            bucket, BucketSetting.OWNERSHIP_CONTROLS))
                                    .build()))
                        .build())
                .build());
  }

  @Override
  public Guarded<DeleteBucketOwnershipControlsResponse> deleteBucketOwnershipControls(
      Call<DeleteBucketOwnershipControlsRequest> call) {
    DeleteBucketOwnershipControlsRequest input = call.input();
    return settings.delete(
        call,
        "s3:PutBucketOwnershipControls",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        BucketSetting.OWNERSHIP_CONTROLS,
        () -> DeleteBucketOwnershipControlsResponse.builder().build());
  }
}
