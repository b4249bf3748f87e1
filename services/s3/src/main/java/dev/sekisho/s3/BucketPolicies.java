package dev.sekisho.s3;

import dev.sekisho.contract.s3.DeleteBucketPolicyRequest;
import dev.sekisho.contract.s3.DeleteBucketPolicyResponse;
import dev.sekisho.contract.s3.GetBucketPolicyRequest;
import dev.sekisho.contract.s3.GetBucketPolicyResponse;
import dev.sekisho.contract.s3.GetBucketPolicyStatusRequest;
import dev.sekisho.contract.s3.GetBucketPolicyStatusResponse;
import dev.sekisho.contract.s3.PolicyStatus;
import dev.sekisho.contract.s3.PutBucketPolicyRequest;
import dev.sekisho.contract.s3.PutBucketPolicyResponse;
import dev.sekisho.contract.s3.S3Api;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;

/** Who else may do what with a bucket and its objects. */
final class BucketPolicies implements S3Api.BucketPolicies {

  private final SettingWork settings;
  private final BucketPolicyRules rules;
  private final PublicAccess publicAccess;

  BucketPolicies(SettingWork settings, BucketPolicyRules rules, PublicAccess publicAccess) {
    this.settings = settings;
    this.rules = rules;
    this.publicAccess = publicAccess;
  }

  @Override
  public Guarded<PutBucketPolicyResponse> putBucketPolicy(Call<PutBucketPolicyRequest> call) {
    PutBucketPolicyRequest input = call.input();
    Bucket bucket = settings.require(call, input.bucket(), input.expectedBucketOwner());
    String policy = input.policy();
    return settings.change(
        call,
        "s3:PutBucketPolicy",
        bucket,
        (transaction, now) -> {
          rules.check(now, policy);
          settings.buckets().store().put(transaction, now.name(), BucketSetting.POLICY, policy);
        },
        () -> PutBucketPolicyResponse.builder().build());
  }

  @Override
  public Guarded<GetBucketPolicyResponse> getBucketPolicy(Call<GetBucketPolicyRequest> call) {
    GetBucketPolicyRequest input = call.input();
    return settings.get(
        call,
        "s3:GetBucketPolicy",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        bucket ->
            GetBucketPolicyResponse.builder()
                .policy(SettingWork.require(bucket, BucketSetting.POLICY))
                .build());
  }

  @Override
  public Guarded<DeleteBucketPolicyResponse> deleteBucketPolicy(
      Call<DeleteBucketPolicyRequest> call) {
    DeleteBucketPolicyRequest input = call.input();
    return settings.delete(
        call,
        "s3:DeleteBucketPolicy",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        BucketSetting.POLICY,
        () -> DeleteBucketPolicyResponse.builder().build());
  }

  @Override
  public Guarded<GetBucketPolicyStatusResponse> getBucketPolicyStatus(
      Call<GetBucketPolicyStatusRequest> call) {
    GetBucketPolicyStatusRequest input = call.input();
    return settings.get(
        call,
        "s3:GetBucketPolicyStatus",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        bucket -> {
          SettingWork.require(bucket, BucketSetting.POLICY);
          return GetBucketPolicyStatusResponse.builder()
              .policyStatus(PolicyStatus.builder().isPublic(publicAccess.isPublic(bucket)).build())
              .build();
        });
  }
}
