package dev.sekisho.s3;

import dev.sekisho.contract.s3.CopyObjectRequest;
import dev.sekisho.contract.s3.CopyObjectResponse;
import dev.sekisho.contract.s3.DeleteObjectRequest;
import dev.sekisho.contract.s3.DeleteObjectResponse;
import dev.sekisho.contract.s3.DeleteObjectsRequest;
import dev.sekisho.contract.s3.DeleteObjectsResponse;
import dev.sekisho.contract.s3.GetObjectAttributesRequest;
import dev.sekisho.contract.s3.GetObjectAttributesResponse;
import dev.sekisho.contract.s3.GetObjectRequest;
import dev.sekisho.contract.s3.GetObjectResponse;
import dev.sekisho.contract.s3.HeadObjectRequest;
import dev.sekisho.contract.s3.HeadObjectResponse;
import dev.sekisho.contract.s3.PutObjectRequest;
import dev.sekisho.contract.s3.PutObjectResponse;
import dev.sekisho.contract.s3.S3Api;
import dev.sekisho.core.Authorizer;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;

/** Objects: each operation has a class of its own. */
final class Objects implements S3Api.Objects {

  private final PutObject put;
  private final GetObject get;
  private final HeadObject head;
  private final GetObjectAttributes attributes;
  private final CopyObject copy;
  private final DeleteObject delete;
  private final DeleteObjects deleteMany;

  Objects(ObjectWork work, Authorizer authorizer) {
    ObjectReading reading = new ObjectReading(work);
    put = new PutObject(work);
    get = new GetObject(work, reading);
    head = new HeadObject(work, reading);
    attributes = new GetObjectAttributes(work, reading);
    copy = new CopyObject(work);
    delete = new DeleteObject(work);
    deleteMany = new DeleteObjects(work, delete, authorizer);
  }

  @Override
  public Guarded<PutObjectResponse> putObject(Call<PutObjectRequest> call) {
    return put.putObject(call);
  }

  @Override
  public Guarded<GetObjectResponse> getObject(Call<GetObjectRequest> call) {
    return get.getObject(call);
  }

  @Override
  public Guarded<HeadObjectResponse> headObject(Call<HeadObjectRequest> call) {
    return head.headObject(call);
  }

  @Override
  public Guarded<GetObjectAttributesResponse> getObjectAttributes(
      Call<GetObjectAttributesRequest> call) {
    return attributes.getObjectAttributes(call);
  }

  @Override
  public Guarded<CopyObjectResponse> copyObject(Call<CopyObjectRequest> call) {
    return copy.copyObject(call);
  }

  @Override
  public Guarded<DeleteObjectResponse> deleteObject(Call<DeleteObjectRequest> call) {
    return delete.deleteObject(call);
  }

  @Override
  public Guarded<DeleteObjectsResponse> deleteObjects(Call<DeleteObjectsRequest> call) {
    return deleteMany.deleteObjects(call);
  }
}
