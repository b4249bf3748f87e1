package dev.sekisho.s3;

import dev.sekisho.contract.s3.DeletePublicAccessBlockRequest;
import dev.sekisho.contract.s3.DeletePublicAccessBlockResponse;
import dev.sekisho.contract.s3.GetPublicAccessBlockRequest;
import dev.sekisho.contract.s3.GetPublicAccessBlockResponse;
import dev.sekisho.contract.s3.PublicAccessBlockConfiguration;
import dev.sekisho.contract.s3.PutPublicAccessBlockRequest;
import dev.sekisho.contract.s3.PutPublicAccessBlockResponse;
import dev.sekisho.contract.s3.S3Api;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;

/** Whether a bucket can be made public. */
final class PublicAccessBlocks implements S3Api.PublicAccessBlocks {

  private final SettingWork settings;

  PublicAccessBlocks(SettingWork settings) {
    this.settings = settings;
  }

  @Override
  public Guarded<PutPublicAccessBlockResponse> putPublicAccessBlock(
      Call<PutPublicAccessBlockRequest> call) {
    PutPublicAccessBlockRequest input = call.input();
    PublicAccessBlockConfiguration asked = input.publicAccessBlockConfiguration();
    PublicAccess.Block block =
        new PublicAccess.Block(
            Boolean.TRUE.equals(asked.blockPublicAcls()),
            Boolean.TRUE.equals(asked.ignorePublicAcls()),
            Boolean.TRUE.equals(asked.blockPublicPolicy()),
            Boolean.TRUE.equals(asked.restrictPublicBuckets()));
    return settings.put(
        call,
        "s3:PutBucketPublicAccessBlock",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        BucketSetting.PUBLIC_ACCESS_BLOCK,
        block.text(),
        () -> PutPublicAccessBlockResponse.builder().build());
  }

  @Override
  public Guarded<GetPublicAccessBlockResponse> getPublicAccessBlock(
      Call<GetPublicAccessBlockRequest> call) {
    GetPublicAccessBlockRequest input = call.input();
    return settings.get(
        call,
        "s3:GetBucketPublicAccessBlock",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        bucket -> {
          PublicAccess.Block block =
              PublicAccess.Block.parse(
                  SettingWork.require(bucket, BucketSetting.PUBLIC_ACCESS_BLOCK));
          return GetPublicAccessBlockResponse.builder()
              .publicAccessBlockConfiguration(
                  PublicAccessBlockConfiguration.builder()
                      .blockPublicAcls(block.acls())
                      .ignorePublicAcls(block.ignoreAcls())
                      .blockPublicPolicy(block.policy())
                      .restrictPublicBuckets(block.restrict())
                      .build())
              .build();
        });
  }

  @Override
  public Guarded<DeletePublicAccessBlockResponse> deletePublicAccessBlock(
      Call<DeletePublicAccessBlockRequest> call) {
    DeletePublicAccessBlockRequest input = call.input();
    return settings.delete(
        call,
        "s3:PutBucketPublicAccessBlock",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        BucketSetting.PUBLIC_ACCESS_BLOCK,
        () -> DeletePublicAccessBlockResponse.builder().build());
  }
}
