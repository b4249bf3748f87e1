package dev.sekisho.s3;

import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Transaction;
import dev.sekisho.s3.VersionDeletion.Wanted;
import dev.sekisho.s3.VersionStore.Place;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Does what buckets' lifecycles want done: once a day, as all times are at midnight, and when a
 * lifecycle has changed.
 */
final class LifecycleSweep {

  private static final int BATCH = 1_000;

  private final ObjectWork work;
  private final Map<String, Done> done = new HashMap<>();

  /** On which day, and by which rules, a bucket was last swept. */
  private record Done(LocalDate day, List<ExpiryRule> rules) {}

  LifecycleSweep(ObjectWork work) {
    this.work = work;
  }

  synchronized void run(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    List<String> names =
        work.database()
            .read(handle -> work.buckets().store().having(handle, BucketSetting.LIFECYCLE));
    done.keySet().retainAll(names);
    for (String name : names) {
      work.buckets()
          .find(name)
          .ifPresent(bucket -> {
            Done wanted = new Done(today, work.expirations().rules(bucket));
            if (!wanted.equals(done.get(name))) {
              expire(bucket, wanted.rules(), now);
              abortUploads(bucket, wanted.rules(), now);
              done.put(name, wanted);
            }
          });
    }
  }

  private void expire(Bucket bucket, List<ExpiryRule> rules, Instant now) {
    Place place = Place.at("");
    List<ObjectVersion> ofKey = new ArrayList<>();
    List<ObjectVersion> batch;
    do {
      Place from = place;
      batch =
          work.database()
              .read(handle -> work.versions().versions(handle, bucket.name(), from, BATCH));
      for (ObjectVersion version : batch) {
        if (!ofKey.isEmpty() && !ofKey.getFirst().key().equals(version.key())) {
          expireKey(bucket, rules, ofKey, now);
          ofKey.clear();
        }
        ofKey.add(version);
        place = new Place(version.key(), version.age());
      }
    } while (batch.size() == BATCH);
    if (!ofKey.isEmpty()) {
      expireKey(bucket, rules, ofKey, now);
    }
  }

  private void expireKey(
      Bucket bucket, List<ExpiryRule> rules, List<ObjectVersion> versions, Instant now) {
    List<ObjectVersion> due = Expirations.due(rules, versions, now);
    if (!due.isEmpty()) {
      work.database()
          .write(transaction -> {
            due.forEach(version -> expire(transaction, bucket, version, now));
            return true;
          });
    }
  }

  /** Object Lock is stronger than any lifecycle: what is locked stays until a later sweep. */
  private void expire(Transaction transaction, Bucket bucket, ObjectVersion seen, Instant now) {
    ObjectVersion version =
        work.versions()
            .find(StoreTransaction.handle(transaction), seen.bucket(), seen.key(), seen.versionId())
            .filter(found -> found.age() == seen.age() && found.latest() == seen.latest())
            .orElse(null);
    if (version == null) {
      return;
    }
    try {
      boolean hides = version.latest() && !version.deleteMarker();
      work.deletion()
          .delete(
              transaction,
              bucket,
              new Wanted(version.key(), hides ? null : version.versionId(), false),
              bucket.owner().value(),
              now);
    } catch (ServiceException locked) {
      // Nothing of it was changed.
    }
  }

  private void abortUploads(Bucket bucket, List<ExpiryRule> rules, Instant now) {
    UploadStore.Place place = new UploadStore.Place("", "");
    List<Upload> batch;
    do {
      UploadStore.Place from = place;
      batch =
          work.database().read(handle -> work.uploads().list(handle, bucket.name(), from, BATCH));
      for (Upload upload : batch) {
        place = new UploadStore.Place(upload.key(), upload.id());
        boolean due =
            rules.stream()
                .anyMatch(rule ->
                    rule.selectsKey(upload.key())
                        && Expirations.isOver(rule.uploadExpires(upload.initiatedAt()), now));
        if (due) {
          abort(upload);
        }
      }
    } while (batch.size() == BATCH);
  }

  private void abort(Upload upload) {
    work.database()
        .write(transaction -> {
          work.uploads()
              .find(StoreTransaction.handle(transaction), upload.id())
              .ifPresent(found -> work.removal().remove(transaction, found));
          return true;
        });
  }
}
