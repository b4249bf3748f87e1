package dev.sekisho.cloudtrail;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Blob;
import dev.sekisho.core.MovableClock;
import dev.sekisho.core.ObjectStore;
import dev.sekisho.core.OrganizationDirectory;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.PageTokens;
import dev.sekisho.events.Event;
import dev.sekisho.events.EventCategory;
import dev.sekisho.events.EventLog;
import dev.sekisho.events.EventResource;
import dev.sekisho.store.Database;
import dev.sekisho.store.SqliteDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Trails on a database of their own, with a bucket in memory that can be told to refuse. */
final class TrailFixture implements AutoCloseable {

  static final AccountId ACCOUNT = new AccountId("111122223333");
  static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");

  private final Database database;
  private final EventLog events;
  private final CloudTrailContext context;
  private final Random random;
  private final MovableClock clock = new MovableClock(InstantSource.fixed(BEGIN));
  private final Bucket bucket = new Bucket();
  private Delivery delivery;
  private int made;

  /** A bucket that keeps what it takes. */
  static final class Bucket implements ObjectStore {
    final Map<String, Upload> objects = new TreeMap<>();
    final List<String> rewritten = new ArrayList<>();
    int puts;
    int refusals;
    int lost;

    @Override
    public void requireBucket(Sender sender, String name) {
      // There is one.
    }

    @Override
    public void put(Sender sender, Upload upload) {
      puts++;
      if (refusals > 0) {
        refusals--;
        throw new ServiceException("SlowDown", 503, "Please reduce your request rate.");
      }
      Upload before = objects.put(upload.key(), upload);
      if (before != null && !before.body().equals(upload.body())) {
        rewritten.add(upload.key());
      }
      if (lost > 0) {
        // Kept, but nobody hears of it, as when the process dies before it has the answer.
        lost--;
        throw new ServiceException("ServiceUnavailable", 503, "The answer was lost.");
      }
    }
  }

  TrailFixture(Path folder, long seed) {
    random = new Random(seed);
    Randomness randomness = random::nextBytes;
    Keyring keyring = new Keyring(Map.of(1, Secret.of(randomness.bytes(32))), 1, randomness);
    database =
        SqliteDatabase.open(
            folder.resolve("trails-" + seed + ".db"),
            List.of(EventLog.SCHEMA, CloudTrailService.SCHEMA));
    events = new EventLog(database);
    context =
        new CloudTrailContext(
            database,
            events,
            new PageTokens(keyring),
            keyring,
            randomness,
            clock,
            OrganizationDirectory.NONE,
            bucket,
            Topics.NONE,
            Duration.ofMinutes(5),
            Duration.ofDays(90));
    delivery = newDelivery();
  }

  private Delivery newDelivery() {
    return new Delivery(context, new RegionKeys(database, context.keyring()), clock);
  }

  Random random() {
    return random;
  }

  MovableClock clock() {
    return clock;
  }

  Bucket bucket() {
    return bucket;
  }

  Database database() {
    return database;
  }

  CloudTrailContext context() {
    return context;
  }

  /** A trail that was made and does not log yet. */
  StoredTrail trail(Selectors selectors) {
    StoredTrail trail =
        new StoredTrail(
            "trail-" + ++made,
            ACCOUNT,
            "us-east-1",
            "trail-" + made,
            new StoredTrail.Target("bucket", "", null, null),
            true,
            true,
            true,
            null,
            selectors,
            false,
            false,
            null,
            null);
    database.write(transaction -> {
      TrailStore.insert(transaction, trail, context.now());
      TrailPosition.begin(transaction, trail);
      return trail;
    });
    return trail;
  }

  void logging(StoredTrail trail, boolean on) {
    database.write(transaction -> {
      StoredTrail now =
          TrailStore.find(dev.sekisho.store.StoreTransaction.handle(transaction), trail.id())
              .orElseThrow();
      TrailStore.update(
          transaction,
          new StoredTrail(
              now.id(),
              now.account(),
              now.region(),
              now.name(),
              now.target(),
              now.globalEvents(),
              now.multiRegion(),
              now.validation(),
              now.organization(),
              now.selectors(),
              now.customSelectors(),
              on,
              on ? context.now() : now.startedAt(),
              on ? now.stoppedAt() : context.now()));
      if (on) {
        Pauses.close(transaction, trail.id());
      } else {
        Pauses.open(transaction, trail.id());
      }
      return on;
    });
  }

  /** Appends an event of the account and says its id. */
  String append(String region, boolean readOnly) {
    String id = "event-" + ++made;
    events.append(
        event(id, region, EventCategory.MANAGEMENT, readOnly, "iam.amazonaws.com", List.of()));
    return id;
  }

  Event event(
      String id,
      String region,
      EventCategory category,
      boolean readOnly,
      String source,
      List<EventResource> resources) {
    return new Event(
        id,
        context.now(),
        ACCOUNT.value(),
        region,
        category,
        source,
        "Some" + random.nextInt(4),
        readOnly,
        null,
        null,
        resources,
        Blob.of(("{\"eventID\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8)));
  }

  void deliver() {
    delivery.run();
  }

  /** As after a crash: what was in memory is gone, and the lease with it. */
  void restart() {
    delivery = newDelivery();
  }

  /** The ids of all delivered events, in the order of their files. */
  List<String> delivered() {
    List<String> ids = new ArrayList<>();
    bucket.objects.forEach((key, upload) -> {
      if (key.contains("/CloudTrail/")) {
        String text = unzipped(upload);
        for (int at = text.indexOf("event-"); at >= 0; at = text.indexOf("event-", at + 1)) {
          ids.add(text.substring(at, text.indexOf('"', at)));
        }
      }
    });
    return ids;
  }

  static String unzipped(ObjectStore.Upload upload) {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(upload.body().bytes()))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException notGzip) {
      throw new UncheckedIOException(notGzip);
    }
  }

  ObjectStore.@Nullable Upload object(String key) {
    return bucket.objects.get(key);
  }

  @Override
  public void close() {
    database.close();
  }
}
