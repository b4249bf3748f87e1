package dev.sekisho.s3;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** When versions expire by their bucket's lifecycle, and by which rule. */
final class Expirations {

  private static final int CAPACITY = 1_000;

  private final ConcurrentHashMap<String, List<ExpiryRule>> known = new ConcurrentHashMap<>();

  /** The bucket's rules that are enabled. */
  List<ExpiryRule> rules(Bucket bucket) {
    String setting = bucket.setting(BucketSetting.LIFECYCLE);
    if (setting == null) {
      return List.of();
    }
    if (known.size() >= CAPACITY) {
      known.clear();
    }
    return known.computeIfAbsent(setting, _ -> LifecycleRules.of(bucket));
  }

  /** When a current version expires first; null for never. */
  static @Nullable Instant current(List<ExpiryRule> rules, ObjectVersion version) {
    ExpiryRule rule = first(rules, version);
    return rule == null ? null : rule.expires(version.modifiedAt());
  }

  private static @Nullable ExpiryRule first(List<ExpiryRule> rules, ObjectVersion version) {
    ExpiryRule first = null;
    Instant earliest = null;
    for (ExpiryRule rule : rules) {
      if (rule.selects(version.key(), version.details().tags(), version.size())) {
        Instant expires = rule.expires(version.modifiedAt());
        if (expires != null && (earliest == null || expires.isBefore(earliest))) {
          first = rule;
          earliest = expires;
        }
      }
    }
    return first;
  }

  /** What {@code x-amz-expiration} says of a current version; null for nothing. */
  @Nullable String header(Bucket bucket, ObjectVersion version) {
    List<ExpiryRule> rules = rules(bucket);
    ExpiryRule rule = rules.isEmpty() || !version.latest() ? null : first(rules, version);
    Instant expires = rule == null ? null : rule.expires(version.modifiedAt());
    return rule == null || expires == null
        ? null
        : "expiry-date=\""
            + HttpDates.write(expires)
            + "\", rule-id=\""
            + URLEncoder.encode(rule.id(), StandardCharsets.UTF_8)
            + '"';
  }

  /**
   * What a rule does to one key.
   *
   * @param versions all versions of the key, newest first
   * @return those to remove for good; the current one, if it is among them, is to be deleted as a
   *     caller without a version id would delete it
   */
  static List<ObjectVersion> due(
      List<ExpiryRule> rules, List<ObjectVersion> versions, Instant now) {
    return versions.stream()
        .filter(version -> isDue(rules, versions, versions.indexOf(version), now))
        .toList();
  }

  private static boolean isDue(
      List<ExpiryRule> rules, List<ObjectVersion> versions, int index, Instant now) {
    ObjectVersion version = versions.get(index);
    if (index == 0) {
      return version.deleteMarker()
          ? versions.size() == 1 && isLonelyMarkerDue(rules, version, now)
          : isOver(current(rules, version), now);
    }
    // A version is noncurrent since the next newer one was made.
    Instant since = versions.get(index - 1).modifiedAt();
    return rules.stream()
        .anyMatch(rule ->
            selects(rule, version)
                && index > rule.newerNoncurrent()
                && isOver(rule.noncurrentExpires(since), now));
  }

  private static boolean selects(ExpiryRule rule, ObjectVersion version) {
    return version.deleteMarker()
        ? rule.selectsKey(version.key())
        : rule.selects(version.key(), version.details().tags(), version.size());
  }

  /**
   * A marker that hides nothing any more goes when a rule says so, or when its own days are over.
   */
  private static boolean isLonelyMarkerDue(
      List<ExpiryRule> rules, ObjectVersion marker, Instant now) {
    return rules.stream()
        .filter(rule -> rule.selectsKey(marker.key()))
        .anyMatch(rule ->
            rule.expiredMarkers()
                || (rule.days() != null && isOver(rule.expires(marker.modifiedAt()), now)));
  }

  static boolean isOver(@Nullable Instant time, Instant now) {
    return time != null && !now.isBefore(time);
  }
}
