package dev.sekisho.s3;

import dev.sekisho.contract.s3.GetBucketAclRequest;
import dev.sekisho.contract.s3.GetBucketAclResponse;
import dev.sekisho.contract.s3.GetObjectAclRequest;
import dev.sekisho.contract.s3.GetObjectAclResponse;
import dev.sekisho.contract.s3.Grant;
import dev.sekisho.contract.s3.Grantee;
import dev.sekisho.contract.s3.Owner;
import dev.sekisho.contract.s3.S3Api;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import java.util.List;

/**
 * The ACLs of buckets and objects, which give full control to their owner and nothing to others.
 */
final class ObjectAcls implements S3Api.ObjectAcls {

  private final ObjectWork work;
  private final NamedVersions named;

  ObjectAcls(ObjectWork work, NamedVersions named) {
    this.work = work;
    this.named = named;
  }

  @Override
  public Guarded<GetBucketAclResponse> getBucketAcl(Call<GetBucketAclRequest> call) {
    GetBucketAclRequest input = call.input();
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    String owner = CanonicalUser.id(bucket.owner());
    return Guarded.by(
        work.access().of(call, "s3:GetBucketAcl", bucket),
        _ ->
            Outcome.answer(
                GetBucketAclResponse.builder()
                    .owner(Owner.builder().id(owner).build())
                    .grants(fullControl(owner))
                    .build()));
  }

  @Override
  public Guarded<GetObjectAclResponse> getObjectAcl(Call<GetObjectAclRequest> call) {
    GetObjectAclRequest input = call.input();
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    NamedVersions.Named version = named.find(bucket, input.key(), input.versionId());
    return Guarded.by(
        named.check(call, version, "s3:GetObject", "Acl"),
        _ -> {
          String owner = CanonicalUser.id(version.require().owner());
          return Outcome.answer(
              GetObjectAclResponse.builder()
                  .owner(Owner.builder().id(owner).build())
                  .grants(fullControl(owner))
                  .build());
        });
  }

  private static List<Grant> fullControl(String owner) {
    return List.of(
        Grant.builder()
            .grantee(Grantee.builder().type("CanonicalUser").id(owner).build())
            .permission("FULL_CONTROL")
            .build());
  }
}
