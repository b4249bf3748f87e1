package dev.sekisho.s3;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.s3.CreateBucketConfiguration;
import dev.sekisho.contract.s3.CreateBucketRequest;
import dev.sekisho.contract.s3.CreateBucketResponse;
import dev.sekisho.contract.s3.DeleteBucketRequest;
import dev.sekisho.contract.s3.DeleteBucketResponse;
import dev.sekisho.contract.s3.GetBucketLocationRequest;
import dev.sekisho.contract.s3.GetBucketLocationResponse;
import dev.sekisho.contract.s3.HeadBucketRequest;
import dev.sekisho.contract.s3.HeadBucketResponse;
import dev.sekisho.contract.s3.ListBucketsRequest;
import dev.sekisho.contract.s3.ListBucketsResponse;
import dev.sekisho.contract.s3.Owner;
import dev.sekisho.contract.s3.S3Api;
import dev.sekisho.contract.s3.Tag;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.PageTokens;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Buckets themselves. */
final class Buckets implements S3Api.Buckets {

  /** What accounts may have without asking for more. */
  private static final int MOST = 10_000;

  private static final String HOME = "us-east-1";
  private static final String EUROPE = "EU";
  private static final int PAGE = 10_000;

  private final Database database;
  private final BucketDirectory buckets;
  private final S3Access access;
  private final VersionStore versions;
  private final UploadStore uploads;
  private final VersionRemoval removal;
  private final PageTokens pages;

  Buckets(ObjectWork work, PageTokens pages) {
    this.database = work.database();
    this.buckets = work.buckets();
    this.access = work.access();
    this.versions = work.versions();
    this.uploads = work.uploads();
    this.removal = work.removal();
    this.pages = pages;
  }

  @Override
  public Guarded<CreateBucketResponse> createBucket(Call<CreateBucketRequest> call) {
    CreateBucketRequest input = call.input();
    String name = input.bucket();
    if (!BucketName.isValid(name)) {
      throw S3Errors.invalidBucketName(name);
    }
    CreateBucketConfiguration configuration = input.createBucketConfiguration();
    if (configuration != null
        && (configuration.location() != null || configuration.bucket() != null)) {
      throw S3Errors.notImplemented("Location");
    }
    String region = region(call, configuration);
    Map<String, String> tags = tags(configuration);
    Bucket bucket =
        new Bucket(
            name,
            call.account(),
            region,
            call.context().time(),
            Boolean.TRUE.equals(input.objectLockEnabledForBucket())
                ? Bucket.Versioning.ENABLED
                : Bucket.Versioning.NEVER_ENABLED,
            Boolean.TRUE.equals(input.objectLockEnabledForBucket()),
            settings(input, tags));
    Acls.require(bucket, call.account(), new SentMembers(input));
    List<AccessCheck> checks = new ArrayList<>();
    AccessCheck check =
        access
            .of(call, "s3:CreateBucket", bucket)
            .with(
                "s3:LocationConstraint",
                configuration == null ? null : configuration.locationConstraint())
            .with("s3:x-amz-acl", input.acl())
            .with("s3:x-amz-object-ownership", input.objectOwnership());
    checks.add(check);
    if (bucket.objectLock()) {
      checks.add(access.of(call, "s3:PutBucketObjectLockConfiguration", bucket));
      checks.add(access.of(call, "s3:PutBucketVersioning", bucket));
    }
    if (input.objectOwnership() != null) {
      checks.add(access.of(call, "s3:PutBucketOwnershipControls", bucket));
    }
    if (!tags.isEmpty()) {
      checks.add(access.of(call, "s3:TagResource", bucket));
    }
    return Guarded.by(
        new Access.Checked(checks),
        _ ->
            Outcome.change(transaction -> {
              create(transaction, bucket);
              return CreateBucketResponse.builder()
                  .location(
                      region.equals(HOME) ? "/" + name : "http://" + name + ".s3.amazonaws.com/")
                  .bucketArn(bucket.arn())
                  .build();
            }));
  }

  private void create(Transaction transaction, Bucket bucket) {
    Handle handle = StoreTransaction.handle(transaction);
    Optional<Bucket> there = buckets.store().find(handle, bucket.name());
    if (there.isPresent()) {
      if (isMadeAgain(there.get(), bucket)) {
        return;
      }
      throw there.get().owner().equals(bucket.owner())
          ? S3Errors.bucketAlreadyOwnedByYou(bucket.name())
          : S3Errors.bucketAlreadyExists(bucket.name());
    }
    if (buckets.store().count(handle, bucket.owner()) >= MOST) {
      throw S3Errors.tooManyBuckets();
    }
    buckets.store().insert(transaction, bucket);
    buckets.changed(transaction);
  }

  /**
   * In the first Region, and only there, one may make one's own bucket again; it stays as it is.
   */
  private static boolean isMadeAgain(Bucket there, Bucket again) {
    return there.owner().equals(again.owner())
        && there.region().equals(HOME)
        && again.region().equals(HOME);
  }

  private static Map<BucketSetting, String> settings(
      CreateBucketRequest input, Map<String, String> tags) {
    Map<BucketSetting, String> settings = new EnumMap<>(BucketSetting.class);
    settings.put(BucketSetting.PUBLIC_ACCESS_BLOCK, PublicAccess.Block.ALL.text());
    settings.put(
        BucketSetting.OWNERSHIP_CONTROLS,
        requireNonNullElse(input.objectOwnership(), Acls.ENFORCED));
    if (!tags.isEmpty()) {
      settings.put(BucketSetting.TAGGING, TextMap.write(tags));
    }
    return settings;
  }

  private static Map<String, String> tags(@Nullable CreateBucketConfiguration configuration) {
    List<Tag> tags = configuration == null ? null : configuration.tags();
    return tags == null ? Map.of() : Tags.require(tags, TagRules.MOST_OF_BUCKET);
  }

  /** Where the bucket is to be: where the call is for, which the configuration must not gainsay. */
  private static String region(Call<?> call, @Nullable CreateBucketConfiguration configuration) {
    String constraint = configuration == null ? null : configuration.locationConstraint();
    String wanted =
        constraint == null || constraint.isEmpty()
            ? HOME
            : constraint.equals(EUROPE) ? "eu-west-1" : constraint;
    if (wanted.equals(call.region()) || (call.region().equals(HOME) && !wanted.equals(HOME))) {
      return wanted;
    }
    throw new ServiceException(
        "IllegalLocationConstraintException",
        400,
        "The "
            + (constraint == null ? "unspecified" : constraint)
            + " location constraint is incompatible for the region specific endpoint this request"
            + " was sent to.");
  }

  @Override
  public Guarded<DeleteBucketResponse> deleteBucket(Call<DeleteBucketRequest> call) {
    DeleteBucketRequest input = call.input();
    Bucket bucket = buckets.require(call, input.bucket(), input.expectedBucketOwner());
    return Guarded.by(
        access.of(call, "s3:DeleteBucket", bucket),
        _ ->
            Outcome.change(transaction -> {
              Bucket now = buckets.require(transaction, bucket);
              Handle handle = StoreTransaction.handle(transaction);
              if (versions.any(handle, now.name())) {
                throw S3Errors.bucketNotEmpty(
                    now.name(), now.versioning() != Bucket.Versioning.NEVER_ENABLED);
              }
              abortUploads(transaction, now.name());
              buckets.store().delete(transaction, now.name());
              buckets.changed(transaction);
              return DeleteBucketResponse.builder().build();
            }));
  }

  /** Uploads under way are no objects: they go with the bucket. */
  private void abortUploads(Transaction transaction, String bucket) {
    Handle handle = StoreTransaction.handle(transaction);
    UploadStore.Place first = new UploadStore.Place("", "");
    List<Upload> batch;
    do {
      batch = uploads.list(handle, bucket, first, ListingRules.MOST);
      batch.forEach(upload -> removal.remove(transaction, upload));
    } while (!batch.isEmpty());
  }

  @Override
  public Guarded<HeadBucketResponse> headBucket(Call<HeadBucketRequest> call) {
    HeadBucketRequest input = call.input();
    Bucket bucket = buckets.requireAnywhere(input.bucket(), input.expectedBucketOwner());
    return Guarded.by(
        access.of(call, "s3:ListBucket", bucket),
        _ ->
            Outcome.answer(
                HeadBucketResponse.builder()
                    .bucketRegion(bucket.region())
                    .bucketArn(bucket.arn())
                    .accessPointAlias(false)
                    .build()));
  }

  @Override
  public Guarded<GetBucketLocationResponse> getBucketLocation(Call<GetBucketLocationRequest> call) {
    GetBucketLocationRequest input = call.input();
    Bucket bucket = buckets.requireAnywhere(input.bucket(), input.expectedBucketOwner());
    return Guarded.by(
        access.of(call, "s3:GetBucketLocation", bucket),
        _ ->
            Outcome.answer(
                GetBucketLocationResponse.builder()
                    .locationConstraint(bucket.region().equals(HOME) ? null : bucket.region())
                    .build()));
  }

  @Override
  public Guarded<ListBucketsResponse> listBuckets(Call<ListBucketsRequest> call) {
    ListBucketsRequest input = call.input();
    AccountId account = call.account();
    String prefix = requireNonNullElse(input.prefix(), "");
    String tokenOf = "s3/ListBuckets/" + account;
    String after =
        input.continuationToken() == null ? "" : open(tokenOf, input.continuationToken());
    int most = Math.min(requireNonNullElse(input.maxBuckets(), PAGE), PAGE);
    return Guarded.by(
        AccessCheck.of("s3:ListAllMyBuckets", "*"),
        _ -> {
          List<Bucket> found =
              database
                  .read(handle -> buckets.store().list(handle, account, prefix, after, most + 1))
                  .stream()
                  .takeWhile(bucket -> bucket.name().startsWith(prefix))
                  .filter(bucket ->
                      input.bucketRegion() == null || input.bucketRegion().equals(bucket.region()))
                  .toList();
          List<Bucket> page = found.subList(0, Math.min(most, found.size()));
          return Outcome.answer(
              ListBucketsResponse.builder()
                  .buckets(page.stream().map(Buckets::shown).toList())
                  .owner(Owner.builder().id(CanonicalUser.id(account)).build())
                  .prefix(input.prefix())
                  .continuationToken(
                      found.size() > page.size()
                          ? pages.seal(tokenOf, page.getLast().name())
                          : null)
                  .build());
        });
  }

  private String open(String tokenOf, String token) {
    try {
      return pages.open(tokenOf, token);
    } catch (CryptoException notOurs) {
      throw S3Errors.invalidArgument(
          "continuation-token", token, "The continuation token provided is incorrect");
    }
  }

  private static dev.sekisho.contract.s3.Bucket shown(Bucket bucket) {
    return dev.sekisho.contract.s3.Bucket.builder()
        .name(bucket.name())
        .creationDate(bucket.createdAt())
        .bucketRegion(bucket.region())
        .bucketArn(bucket.arn())
        .build();
  }
}
