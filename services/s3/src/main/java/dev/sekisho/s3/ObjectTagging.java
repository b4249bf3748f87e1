package dev.sekisho.s3;

import dev.sekisho.contract.s3.DeleteObjectTaggingRequest;
import dev.sekisho.contract.s3.DeleteObjectTaggingResponse;
import dev.sekisho.contract.s3.GetObjectTaggingRequest;
import dev.sekisho.contract.s3.GetObjectTaggingResponse;
import dev.sekisho.contract.s3.PutObjectTaggingRequest;
import dev.sekisho.contract.s3.PutObjectTaggingResponse;
import dev.sekisho.contract.s3.S3Api;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import java.util.Map;

/** The tags of objects. */
final class ObjectTagging implements S3Api.ObjectTagging {

  private final ObjectWork work;
  private final NamedVersions named;

  ObjectTagging(ObjectWork work, NamedVersions named) {
    this.work = work;
    this.named = named;
  }

  @Override
  public Guarded<PutObjectTaggingResponse> putObjectTagging(Call<PutObjectTaggingRequest> call) {
    PutObjectTaggingRequest input = call.input();
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    NamedVersions.Named version = named.find(bucket, input.key(), input.versionId());
    Map<String, String> tags = Tags.require(input.tagging().tagSet(), TagRules.MOST_OF_OBJECT);
    AccessCheck check =
        TagConditions.requested(named.check(call, version, "s3:PutObject", "Tagging"), tags);
    return Guarded.by(
        Access.of(check),
        _ ->
            Outcome.change(transaction -> {
              ObjectVersion found = named.require(transaction, version);
              work.versions().tags(transaction, found, tags);
              return PutObjectTaggingResponse.builder()
                  .versionId(ShownObject.versionId(bucket, found))
                  .build();
            }));
  }

  @Override
  public Guarded<GetObjectTaggingResponse> getObjectTagging(Call<GetObjectTaggingRequest> call) {
    GetObjectTaggingRequest input = call.input();
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    NamedVersions.Named version = named.find(bucket, input.key(), input.versionId());
    return Guarded.by(
        named.check(call, version, "s3:GetObject", "Tagging"),
        _ -> {
          ObjectVersion found = version.require();
          return Outcome.answer(
              GetObjectTaggingResponse.builder()
                  .versionId(ShownObject.versionId(bucket, found))
                  .tagSet(Tags.shown(found.details().tags()))
                  .build());
        });
  }

  @Override
  public Guarded<DeleteObjectTaggingResponse> deleteObjectTagging(
      Call<DeleteObjectTaggingRequest> call) {
    DeleteObjectTaggingRequest input = call.input();
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    NamedVersions.Named version = named.find(bucket, input.key(), input.versionId());
    return Guarded.by(
        named.check(call, version, "s3:DeleteObject", "Tagging"),
        _ ->
            Outcome.change(transaction -> {
              ObjectVersion found = named.require(transaction, version);
              work.versions().tags(transaction, found, Map.of());
              return DeleteObjectTaggingResponse.builder()
                  .versionId(ShownObject.versionId(bucket, found))
                  .build();
            }));
  }
}
