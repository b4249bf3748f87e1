package dev.sekisho.cloudtrail;

import dev.sekisho.store.StoreTransaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Plans a trail's next digests: one an hour for each chain, also when nothing was delivered.
 *
 * <p>INVARIANT: a digest is planned and signed with the list of its files in one transaction, and
 * put as it was planned, so that a chain has no gap and no fork however often it has to be put.
 */
final class DigestFiles {

  static final Duration PERIOD = Duration.ofHours(1);

  /** Who was away for longer signs one digest for all of that time. */
  private static final long LATE = 24;

  private final CloudTrailContext context;
  private final RegionKeys keys;

  DigestFiles(CloudTrailContext context, RegionKeys keys) {
    this.context = context;
    this.keys = keys;
  }

  /**
   * Plans what is due of every chain, one digest at most each.
   *
   * @return whether anything was planned
   */
  boolean plan(StoredTrail trail, Instant now) {
    if (!trail.validation()) {
      return false;
    }
    boolean planned = false;
    for (Chain chain : context.database().read(handle -> Chain.of(handle, trail.id()))) {
      if (chain.periodStart().isAfter(now.plus(PERIOD))) {
        // The clock was set back. Links do not go by time, so the chain may begin its period anew.
        context.database().write(transaction -> Chain.restart(transaction, chain, now));
        continue;
      }
      Instant end = end(chain.periodStart(), now);
      if (!end.isAfter(now)) {
        planned |= plan(trail, chain, end, now);
      }
    }
    return planned;
  }

  private static Instant end(Instant start, Instant now) {
    long periods = Duration.between(start, now).dividedBy(PERIOD);
    return start.plus(PERIOD.multipliedBy(periods > LATE ? periods : 1));
  }

  private boolean plan(StoredTrail trail, Chain chain, Instant end, Instant now) {
    RegionKeys.RegionKey key = keys.current(chain.region(), now);
    return context
        .database()
        .write(transaction -> {
          Handle handle = StoreTransaction.handle(transaction);
          List<PlannedFile> files = PlannedFiles.undigested(handle, chain);
          boolean due =
              TrailStore.find(handle, trail.id()).filter(trail::equals).isPresent()
                  && Chain.of(handle, trail.id()).contains(chain)
                  && !PlannedFiles.hasDigest(handle, chain)
                  && (trail.logging() || !files.isEmpty());
          if (due) {
            PlannedFile digest =
                digest(trail, chain, files, end, key)
                    .numbered(PlannedFiles.nextNumber(handle, trail.id()));
            PlannedFiles.insert(transaction, digest);
            PlannedFiles.list(transaction, digest, files);
          }
          return due;
        });
  }

  private static PlannedFile digest(
      StoredTrail trail,
      Chain chain,
      List<PlannedFile> files,
      Instant end,
      RegionKeys.RegionKey key) {
    String objectKey = LogFileKeys.digest(trail, chain.account(), chain.region(), end);
    byte[] document =
        new DigestDocument(chain, trail.target().bucket(), objectKey, end, key.fingerprint(), files)
            .json();
    RecordsFile content = RecordsFile.compressed(document);
    Chain.Link previous = chain.previous();
    String toSign =
        String.join(
            "\n",
            DigestDocument.text(end),
            trail.target().bucket() + '/' + objectKey,
            content.sha256(),
            previous == null ? "null" : previous.signature());
    return new PlannedFile(
        trail.id(),
        0,
        chain.account(),
        chain.region(),
        true,
        trail.target().bucket(),
        objectKey,
        content.gzipped(),
        content.sha256(),
        HexFormat.of().formatHex(key.sign(toSign.getBytes(StandardCharsets.UTF_8))),
        key.fingerprint(),
        oldest(files),
        newest(files),
        end.truncatedTo(ChronoUnit.SECONDS));
  }

  static @Nullable Instant oldest(List<PlannedFile> files) {
    return files.stream()
        .map(PlannedFile::oldest)
        .filter(Objects::nonNull)
        .min(Instant::compareTo)
        .orElse(null);
  }

  static @Nullable Instant newest(List<PlannedFile> files) {
    return files.stream()
        .map(PlannedFile::newest)
        .filter(Objects::nonNull)
        .max(Instant::compareTo)
        .orElse(null);
  }
}
