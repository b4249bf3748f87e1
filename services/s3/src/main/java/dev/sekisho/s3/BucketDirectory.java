package dev.sekisho.s3;

import dev.sekisho.core.Call;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.ChangeStamps;
import dev.sekisho.store.Database;
import dev.sekisho.store.StampedCache;
import dev.sekisho.store.StoreTransaction;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the buckets that calls name. */
final class BucketDirectory {

  private static final String TOPIC = "s3/bucket";
  private static final int CAPACITY = 10_000;

  private final Database database;
  private final ChangeStamps stamps;
  private final BucketStore store = new BucketStore();
  private final StampedCache<String, Optional<Bucket>> cache;

  BucketDirectory(Database database, ChangeStamps stamps) {
    this.database = database;
    this.stamps = stamps;
    this.cache = new StampedCache<>(stamps, TOPIC, CAPACITY);
  }

  BucketStore store() {
    return store;
  }

  Optional<Bucket> find(String name) {
    return cache.get(name, each -> database.read(handle -> store.find(handle, each)));
  }

  /**
   * The bucket that the call names, in the Region that the call is for.
   *
   * @param expectedOwner the account that the caller believes to own the bucket, if it says so
   * @throws dev.sekisho.core.ServiceException NoSuchBucket, AccessDenied when another account owns
   *     it, or AuthorizationHeaderMalformed when it is in another Region
   */
  Bucket require(Call<?> call, String name, @Nullable String expectedOwner) {
    Bucket bucket = requireAnywhere(name, expectedOwner);
    if (!bucket.region().equals(call.region())) {
      throw S3Errors.wrongRegion(call.region(), bucket.region());
    }
    return bucket;
  }

  /** The bucket in whichever Region. */
  Bucket requireAnywhere(String name, @Nullable String expectedOwner) {
    Bucket bucket = find(name).orElseThrow(() -> S3Errors.noSuchBucket(name));
    if (expectedOwner != null && !expectedOwner.equals(bucket.owner().value())) {
      throw S3Errors.accessDenied();
    }
    return bucket;
  }

  /** The bucket as it is in the transaction: it must still be the one that was asked about. */
  Bucket require(Transaction transaction, Bucket asked) {
    return store
        .find(StoreTransaction.handle(transaction), asked.name())
        .filter(found ->
            found.owner().equals(asked.owner()) && found.createdAt().equals(asked.createdAt()))
        .orElseThrow(() -> S3Errors.noSuchBucket(asked.name()));
  }

  /** Lets every cache know that a bucket has changed. */
  void changed(Transaction transaction) {
    stamps.bump(transaction, TOPIC);
  }
}
