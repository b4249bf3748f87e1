package dev.sekisho.s3;

import dev.sekisho.contract.StoredStructure;
import dev.sekisho.contract.s3.DeleteBucketEncryptionRequest;
import dev.sekisho.contract.s3.DeleteBucketEncryptionResponse;
import dev.sekisho.contract.s3.GetBucketEncryptionRequest;
import dev.sekisho.contract.s3.GetBucketEncryptionResponse;
import dev.sekisho.contract.s3.PutBucketEncryptionRequest;
import dev.sekisho.contract.s3.PutBucketEncryptionResponse;
import dev.sekisho.contract.s3.S3Api;
import dev.sekisho.contract.s3.ServerSideEncryptionByDefault;
import dev.sekisho.contract.s3.ServerSideEncryptionConfiguration;
import dev.sekisho.contract.s3.ServerSideEncryptionRule;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import java.util.List;

/** What seals objects that say nothing of it themselves. */
final class BucketEncryption implements S3Api.BucketEncryption {

  /** What every bucket has that was given nothing else. */
  private static final ServerSideEncryptionConfiguration USUAL =
      ServerSideEncryptionConfiguration.builder()
          .rules(
              List.of(
                  ServerSideEncryptionRule.builder()
                      .applyServerSideEncryptionByDefault(
                          ServerSideEncryptionByDefault.builder()
                              .sseAlgorithm(Encryption.AES256)
                              .build())
                      .bucketKeyEnabled(false)
                      .build()))
          .build();

  private final SettingWork settings;

  BucketEncryption(SettingWork settings) {
    this.settings = settings;
  }

  @Override
  public Guarded<PutBucketEncryptionResponse> putBucketEncryption(
      Call<PutBucketEncryptionRequest> call) {
    PutBucketEncryptionRequest input = call.input();
    ServerSideEncryptionConfiguration configuration = input.serverSideEncryptionConfiguration();
    require(configuration);
    return settings.put(
        call,
        "s3:PutEncryptionConfiguration",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        BucketSetting.ENCRYPTION,
        StoredStructure.write(configuration),
        () -> PutBucketEncryptionResponse.builder().build());
  }

  private static void require(ServerSideEncryptionConfiguration configuration) {
    List<ServerSideEncryptionRule> rules = configuration.rules();
    if (rules == null || rules.size() != 1) {
      throw S3Errors.malformedXml();
    }
    ServerSideEncryptionByDefault usual = rules.getFirst().applyServerSideEncryptionByDefault();
    if (usual == null) {
      throw S3Errors.malformedXml();
    }
    switch (usual.sseAlgorithm()) {
      case Encryption.AES256 -> {
        if (usual.kmsMasterKeyID() != null) {
          throw S3Errors.invalidArgument(
              "ApplyServerSideEncryptionByDefault",
              Encryption.AES256,
              "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or"
                  + " aws:kms:dsse");
        }
      }
      case Encryption.KMS -> {}
      default -> throw S3Errors.notImplemented("x-amz-server-side-encryption");
    }
  }

  @Override
  public Guarded<GetBucketEncryptionResponse> getBucketEncryption(
      Call<GetBucketEncryptionRequest> call) {
    GetBucketEncryptionRequest input = call.input();
    return settings.get(
        call,
        "s3:GetEncryptionConfiguration",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        bucket -> {
          String kept = bucket.setting(BucketSetting.ENCRYPTION);
          return GetBucketEncryptionResponse.builder()
              .serverSideEncryptionConfiguration(
                  kept == null
                      ? USUAL
                      : StoredStructure.read(ServerSideEncryptionConfiguration.SHAPE, kept))
              .build();
        });
  }

  @Override
  public Guarded<DeleteBucketEncryptionResponse> deleteBucketEncryption(
      Call<DeleteBucketEncryptionRequest> call) {
    DeleteBucketEncryptionRequest input = call.input();
    return settings.delete(
        call,
        "s3:PutEncryptionConfiguration",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        BucketSetting.ENCRYPTION,
        () -> DeleteBucketEncryptionResponse.builder().build());
  }
}
