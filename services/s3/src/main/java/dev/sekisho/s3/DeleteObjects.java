package dev.sekisho.s3;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.s3.Delete;
import dev.sekisho.contract.s3.DeleteObjectsRequest;
import dev.sekisho.contract.s3.DeleteObjectsResponse;
import dev.sekisho.contract.s3.DeletedObject;
import dev.sekisho.contract.s3.ObjectIdentifier;
import dev.sekisho.contract.s3.S3Error;
import dev.sekisho.core.Access;
import dev.sekisho.core.Authorized;
import dev.sekisho.core.Authorizer;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Transaction;
import dev.sekisho.s3.VersionDeletion.Done;
import dev.sekisho.s3.VersionDeletion.Wanted;
import dev.sekisho.s3.VersionWriter.WriteCondition;
import dev.sekisho.store.StoreTransaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes up to a thousand keys or versions, each as if it were alone. */
final class DeleteObjects {

  private static final int MOST = 1_000;

  private final ObjectWork work;
  private final DeleteObject one;
  private final Authorizer authorizer;

  DeleteObjects(ObjectWork work, DeleteObject one, Authorizer authorizer) {
    this.work = work;
    this.one = one;
    this.authorizer = authorizer;
  }

  /** What is to become of one key of the list: it was refused already, or is to be deleted. */
  private record Asked(
      ObjectIdentifier object, @Nullable Wanted wanted, @Nullable ServiceException refused) {}

  Guarded<DeleteObjectsResponse> deleteObjects(Call<DeleteObjectsRequest> call) {
    DeleteObjectsRequest input = call.input();
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    Delete delete = input.delete();
    List<ObjectIdentifier> objects = requireNonNullElse(delete.objects(), List.of());
    if (objects.isEmpty() || objects.size() > MOST) {
      throw S3Errors.malformedXml();
    }
    return Guarded.by(
        new Access.Open("each key is asked for by itself, and the answer tells which were refused"),
        authorized -> {
          List<Asked> asked = new ArrayList<>(objects.size());
          for (ObjectIdentifier object : objects) {
            asked.add(
                ask(call, bucket, object, Boolean.TRUE.equals(input.bypassGovernanceRetention())));
          }
          boolean quiet = Boolean.TRUE.equals(delete.quiet());
          return Outcome.change(
              transaction -> delete(transaction, bucket, asked, quiet, authorized));
        });
  }

  private Asked ask(Call<?> call, Bucket bucket, ObjectIdentifier object, boolean bypass) {
    try {
      if (object.lastModifiedTime() != null || object.size() != null) {
        throw S3Errors.notImplemented("LastModifiedTime");
      }
      ObjectNames.require(object.key());
      DeleteObject.Checked checked =
          one.checks(call, bucket, object.key(), object.versionId(), bypass);
      authorizer.authorize(call.context(), new Access.Checked(checked.checks()));
      return new Asked(object, checked.wanted(), null);
    } catch (ServiceException refused) {
      return new Asked(object, null, refused);
    }
  }

  private DeleteObjectsResponse delete(
      Transaction transaction,
      Bucket bucket,
      List<Asked> all,
      boolean quiet,
      Authorized authorized) {
    List<DeletedObject> deleted = new ArrayList<>();
    List<S3Error> errors = new ArrayList<>();
    for (Asked asked : all) {
      Wanted wanted = asked.wanted();
      ServiceException refused = asked.refused();
      if (wanted != null) {
        try {
          new WriteCondition(asked.object().eTag(), null)
              .requireIfGiven(
                  wanted.key(),
                  () ->
                      work.versions()
                          .latest(
                              StoreTransaction.handle(transaction), bucket.name(), wanted.key()));
          Done done =
              work.deletion()
                  .delete(
                      transaction,
                      bucket,
                      wanted,
                      work.owner(authorized, bucket),
                      authorized.context().time());
          if (!quiet) {
            deleted.add(shown(wanted, done));
          }
        } catch (ServiceException failed) {
          // Thrown before anything of this key was changed.
          refused = failed;
        }
      }
      if (refused != null) {
        errors.add(
            S3Error.builder()
                .key(asked.object().key())
                .versionId(asked.object().versionId())
                .code(refused.code())
                .message(refused.message())
                .build());
      }
    }
    return DeleteObjectsResponse.builder()
        .deleted(deleted.isEmpty() ? null : deleted)
        .errors(errors.isEmpty() ? null : errors)
        .build();
  }

  private static DeletedObject shown(Wanted wanted, Done done) {
    return DeletedObject.builder()
        .key(wanted.key())
        .versionId(wanted.versionId())
        .deleteMarker(done.marker() ? Boolean.TRUE : null)
        .deleteMarkerVersionId(done.marker() ? done.versionId() : null)
        .build();
  }
}
