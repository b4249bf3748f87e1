package dev.sekisho.s3;

import dev.sekisho.contract.s3.DeleteBucketTaggingRequest;
import dev.sekisho.contract.s3.DeleteBucketTaggingResponse;
import dev.sekisho.contract.s3.GetBucketTaggingRequest;
import dev.sekisho.contract.s3.GetBucketTaggingResponse;
import dev.sekisho.contract.s3.PutBucketTaggingRequest;
import dev.sekisho.contract.s3.PutBucketTaggingResponse;
import dev.sekisho.contract.s3.S3Api;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;

/** A bucket's tags. */
final class BucketTagging implements S3Api.BucketTagging {

  private final SettingWork settings;

  BucketTagging(SettingWork settings) {
    this.settings = settings;
  }

  @Override
  public Guarded<PutBucketTaggingResponse> putBucketTagging(Call<PutBucketTaggingRequest> call) {
    PutBucketTaggingRequest input = call.input();
    return settings.put(
        call,
        "s3:PutBucketTagging",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        BucketSetting.TAGGING,
        TextMap.write(Tags.require(input.tagging().tagSet(), TagRules.MOST_OF_BUCKET)),
        () -> PutBucketTaggingResponse.builder().build());
  }

  @Override
  public Guarded<GetBucketTaggingResponse> getBucketTagging(Call<GetBucketTaggingRequest> call) {
    GetBucketTaggingRequest input = call.input();
    return settings.get(
        call,
        "s3:GetBucketTagging",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        bucket ->
            GetBucketTaggingResponse.builder()
                .tagSet(
                    Tags.shown(TextMap.read(SettingWork.require(bucket, BucketSetting.TAGGING))))
                .build());
  }

  @Override
  public Guarded<DeleteBucketTaggingResponse> deleteBucketTagging(
      Call<DeleteBucketTaggingRequest> call) {
    DeleteBucketTaggingRequest input = call.input();
    return settings.delete(
        call,
        "s3:PutBucketTagging",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        BucketSetting.TAGGING,
        () -> DeleteBucketTaggingResponse.builder().build());
  }
}
