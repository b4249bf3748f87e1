package dev.sekisho.s3;

import dev.sekisho.contract.s3.GetBucketVersioningRequest;
import dev.sekisho.contract.s3.GetBucketVersioningResponse;
import dev.sekisho.contract.s3.PutBucketVersioningRequest;
import dev.sekisho.contract.s3.PutBucketVersioningResponse;
import dev.sekisho.contract.s3.S3Api;
import dev.sekisho.contract.s3.VersioningConfiguration;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import org.jspecify.annotations.Nullable;

/** Whether a bucket keeps versions. */
final class BucketVersioning implements S3Api.BucketVersioning {

  private final SettingWork settings;

  BucketVersioning(SettingWork settings) {
    this.settings = settings;
  }

  @Override
  public Guarded<PutBucketVersioningResponse> putBucketVersioning(
      Call<PutBucketVersioningRequest> call) {
    PutBucketVersioningRequest input = call.input();
    VersioningConfiguration asked = input.versioningConfiguration();
    if ("Enabled".equals(asked.mfaDelete()) || input.mfa() != null) {
      throw S3Errors.notImplemented("x-amz-mfa");
    }
    String status = asked.status();
    if (status == null) {
      throw new dev.sekisho.core.ServiceException(
          "IllegalVersioningConfigurationException",
          400,
          "The Versioning element must be specified");
    }
    boolean enable = status.equals("Enabled");
    return settings.change(
        call,
        "s3:PutBucketVersioning",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        (transaction, now) -> {
          if (!enable && now.objectLock()) {
            throw S3Errors.invalidBucketState(
                "An Object Lock configuration is present on this bucket, so the versioning state"
                    + " cannot be changed.");
          }
          settings
              .buckets()
              .store()
              .versioning(
                  transaction,
                  now.name(),
                  enable ? Bucket.Versioning.ENABLED : Bucket.Versioning.SUSPENDED);
        },
        () -> PutBucketVersioningResponse.builder().build());
  }

  @Override
  public Guarded<GetBucketVersioningResponse> getBucketVersioning(
      Call<GetBucketVersioningRequest> call) {
    GetBucketVersioningRequest input = call.input();
    return settings.get(
        call,
        "s3:GetBucketVersioning",
        settings.require(call, input.bucket(), input.expectedBucketOwner()),
        bucket ->
            GetBucketVersioningResponse.builder().status(status(bucket.versioning())).build());
  }

  private static @Nullable String status(Bucket.Versioning versioning) {
    return switch (versioning) {
      case NEVER_ENABLED -> null;
      case ENABLED -> "Enabled";
      case SUSPENDED -> "Suspended";
    };
  }
}
