package dev.sekisho.s3;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Authorized;
import dev.sekisho.core.Randomness;
import dev.sekisho.store.Database;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the operations on objects work with. */
record ObjectWork(
    Database database,
    Randomness randomness,
    BucketDirectory buckets,
    S3Access access,
    VersionStore versions,
    UploadStore uploads,
    VersionWriter writer,
    VersionRemoval removal,
    VersionDeletion deletion,
    ContentKeys contentKeys,
    ObjectKeys keys,
    ObjectFiles files,
    ReceivedBody bodies,
    ObjectContents contents,
    Expirations expirations) {

  private static final int MD5 = 16;

  Optional<ObjectVersion> latest(Bucket bucket, String key) {
    return database.read(handle -> versions.latest(handle, bucket.name(), key));
  }

  /** The version that is named, else the latest; delete markers as well. */
  Optional<ObjectVersion> find(Bucket bucket, String key, @Nullable String versionId) {
    return versionId == null
        ? latest(bucket, key)
        : database.read(handle -> versions.find(handle, bucket.name(), key, versionId));
  }

  /** The account an object belongs to: the bucket's, unless the bucket leaves it to the writer. */
  String owner(Authorized authorized, Bucket bucket) {
    AccountId writer = authorized.context().caller().principal().account();
    return "ObjectWriter".equals(bucket.setting(BucketSetting.OWNERSHIP_CONTROLS)) && writer != null
        ? writer.value()
        : bucket.owner().value();
  }

  /** The MD5, but for what KMS seals, of which S3 does not tell it. */
  String eTag(Stored stored) {
    String md5 = stored.md5();
    return md5 == null ? HexFormat.of().formatHex(randomness.bytes(MD5)) : md5;
  }
}
