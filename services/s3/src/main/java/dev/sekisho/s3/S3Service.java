package dev.sekisho.s3;

import dev.sekisho.contract.InnerCalls;
import dev.sekisho.contract.s3.S3Api;
import dev.sekisho.core.ObjectStore;
import dev.sekisho.core.ServiceException;
import dev.sekisho.store.Schema;
import dev.sekisho.store.SealedColumn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** S3: one class per family of operations; the contract's list says which is in which. */
public final class S3Service {

  /** S3's tables. */
  public static final Schema SCHEMA = new Schema(S3Service.class, "s3", 1);

  /** What of them the keyring has sealed. */
  public static final List<SealedColumn> SEALED = ContentKeys.SEALED;

  /** Bytes of the largest request that is not an object: a list of ten thousand parts. */
  public static final int LARGEST_DOCUMENT = 2 << 20;

  /**
   * Operations on what is in a bucket, which CloudTrail counts as data events.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html">
   *     Amazon S3 CloudTrail events</a>
   */
  public static final Set<String> DATA_EVENTS =
      Set.of(
          "AbortMultipartUpload",
          "CompleteMultipartUpload",
          "CopyObject",
          "CreateMultipartUpload",
          "DeleteObject",
          "DeleteObjectTagging",
          "DeleteObjects",
          "GetObject",
          "GetObjectAcl",
          "GetObjectAttributes",
          "GetObjectLegalHold",
          "GetObjectRetention",
          "GetObjectTagging",
          "HeadBucket",
          "HeadObject",
          "ListMultipartUploads",
          "ListObjectVersions",
          "ListObjects",
          "ListObjectsV2",
          "ListParts",
          "PutObject",
          "PutObjectLegalHold",
          "PutObjectRetention",
          "PutObjectTagging",
          "UploadPart",
          "UploadPartCopy");

  private final ObjectWork work;
  private final S3Api api;
  private final InstantSource clock;
  private final LifecycleSweep lifecycle;
  private final UnclaimedFiles unclaimed;

  /** Removes what a crash has left of objects, and is ready then. */
  public S3Service(S3Context context) {
    clock = context.clock();
    PublicAccess publicAccess = new PublicAccess();
    BucketDirectory buckets = new BucketDirectory(context.database(), context.stamps());
    S3Access access = new S3Access(publicAccess);
    ObjectFiles files = new ObjectFiles(context.folder(), context.randomness(), context.removals());
    VersionStore versions = new VersionStore();
    UploadStore uploads = new UploadStore();
    ContentKeys contentKeys = new ContentKeys(context.keyring());
    ObjectKeys keys =
        new ObjectKeys(context.database(), contentKeys, context.keys(), context.randomness());
    VersionRemoval removal = new VersionRemoval(files, versions, uploads, contentKeys);
    VersionWriter writer =
        new VersionWriter(context.randomness(), buckets, versions, removal, contentKeys, files);
    work =
        new ObjectWork(
            context.database(),
            context.randomness(),
            buckets,
            access,
            versions,
            uploads,
            writer,
            removal,
            new VersionDeletion(buckets, versions, writer, removal),
            contentKeys,
            keys,
            files,
            new ReceivedBody(files),
            new ObjectContents(context.database(), files, keys, versions, uploads),
            new Expirations());
    files.sweepAtStart(this::used);
    unclaimed = new UnclaimedFiles(files, this::used);
    lifecycle = new LifecycleSweep(work);
    SettingWork settings = new SettingWork(buckets, access);
    NamedVersions named = new NamedVersions(work);
    api =
        new S3Api(
            new BucketEncryption(settings),
            new BucketLifecycle(settings, context.randomness()),
            new BucketObjectLock(settings),
            new BucketOwnership(settings),
            new BucketPolicies(settings, new BucketPolicyRules(context.principals()), publicAccess),
            new BucketTagging(settings),
            new BucketVersioning(settings),
            new Buckets(work, context.pages()),
            new MultipartUploads(work),
            new ObjectAcls(work, named),
            new ObjectLists(work, context.pages()),
            new ObjectLocks(work, named),
            new ObjectTagging(work, named),
            new Objects(work, context.authorizer()),
            new PublicAccessBlocks(settings));
  }

  public S3Api api() {
    return api;
  }

  /** S3 as other services use it, each by itself. */
  public ObjectStore objectStore(InnerCalls calls) {
    return new ServiceObjects(api, work.buckets(), calls, work.randomness(), clock);
  }

  /** How S3 refuses input that breaks a constraint of its model. */
  public static ServiceException violation(String message) {
    return S3Errors.invalidRequest(message);
  }

  /** Does everything whose time has come, for the server to call now and then. */
  public void sweep(Instant now) {
    unclaimed.remove(now);
    lifecycle.run(now);
  }

  /** Those of the names that are files of objects or of uploads under way. */
  private Set<String> used(Set<String> names) {
    List<String> list = List.copyOf(names);
    return work.database()
        .read(handle -> {
          Set<String> used = new HashSet<>(work.versions().contents(handle, list));
          used.addAll(work.uploads().files(handle, list));
          return used;
        });
  }
}
