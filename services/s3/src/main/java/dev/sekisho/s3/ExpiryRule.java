package dev.sekisho.s3;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When what a rule selects expires.
 *
 * @param prefix of the keys; empty for all
 * @param tags all of which the object must have
 * @param largerThan bytes that the object must have more than; null for any
 * @param smallerThan bytes that the object must have fewer than; null for any
 * @param days after which a current version expires; null for never
 * @param date from which current versions expire; null for never
 * @param expiredMarkers whether a delete marker goes that is all that is left of a key
 * @param noncurrentDays after which a version expires that another has followed; null for never
 * @param newerNoncurrent how many noncurrent versions stay whatever their age
 * @param uploadDays after which an unfinished upload is aborted; null for never
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html">Lifecycle
 *     configuration elements</a>
 */
record ExpiryRule(
    String id,
    String prefix,
    Map<String, String> tags,
    @Nullable Long largerThan,
    @Nullable Long smallerThan,
    @Nullable Integer days,
    @Nullable Instant date,
    boolean expiredMarkers,
    @Nullable Integer noncurrentDays,
    int newerNoncurrent,
    @Nullable Integer uploadDays) {

  ExpiryRule {
    tags = Map.copyOf(tags);
  }

  /** Whether the rule is for the object. */
  boolean selects(String key, Map<String, String> objectTags, long size) {
    return key.startsWith(prefix)
        && objectTags.entrySet().containsAll(tags.entrySet())
        && (largerThan == null || size > largerThan)
        && (smallerThan == null || size < smallerThan);
  }

  /** Whether the rule is for the key's delete markers and uploads, which have no size or tags. */
  boolean selectsKey(String key) {
    return key.startsWith(prefix) && tags.isEmpty();
  }

  /** When a current version of that age expires; null for never. */
  @Nullable Instant expires(Instant created) {
    if (days != null) {
      return midnightAfter(created, days);
    }
    return date;
  }

  /** When a version expires that became noncurrent then; null for never. */
  @Nullable Instant noncurrentExpires(Instant since) {
    return noncurrentDays == null ? null : midnightAfter(since, noncurrentDays);
  }

  /** When an upload is aborted that began then; null for never. */
  @Nullable Instant uploadExpires(Instant initiated) {
    return uploadDays == null ? null : midnightAfter(initiated, uploadDays);
  }

  /** S3 adds the days and rounds up to the next midnight UTC. */
  private static Instant midnightAfter(Instant start, int days) {
    LocalDate day = LocalDate.ofInstant(start, ZoneOffset.UTC).plusDays(days + 1L);
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
