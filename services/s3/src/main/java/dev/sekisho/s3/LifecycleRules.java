package dev.sekisho.s3;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.StoredStructure;
import dev.sekisho.contract.s3.AbortIncompleteMultipartUpload;
import dev.sekisho.contract.s3.BucketLifecycleConfiguration;
import dev.sekisho.contract.s3.LifecycleExpiration;
import dev.sekisho.contract.s3.LifecycleRule;
import dev.sekisho.contract.s3.LifecycleRuleAndOperator;
import dev.sekisho.contract.s3.LifecycleRuleFilter;
import dev.sekisho.contract.s3.NoncurrentVersionExpiration;
import dev.sekisho.contract.s3.Tag;
import dev.sekisho.core.Randomness;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lifecycle configurations between the contract's form and ours. */
final class LifecycleRules {

  private static final int MOST = 1_000;
  private static final int LONGEST_ID = 255;

  private LifecycleRules() {}

  /**
   * The configuration as it is to be kept: each rule has an id.
   *
   * @throws dev.sekisho.core.ServiceException when it makes no sense, or asks for transitions
   */
  static BucketLifecycleConfiguration require(
      BucketLifecycleConfiguration asked, Randomness randomness) {
    List<LifecycleRule> rules = requireNonNullElse(asked.rules(), List.of());
    if (rules.isEmpty() || rules.size() > MOST) {
      throw S3Errors.malformedXml();
    }
    Set<String> ids = new HashSet<>();
    List<LifecycleRule> kept = new ArrayList<>();
    for (LifecycleRule rule : rules) {
      require(rule);
      String id = rule.id();
      if (id == null || id.isEmpty()) {
        id = randomness.uuid().toString();
      }
      if (id.length() > LONGEST_ID) {
        throw S3Errors.invalidArgument(
            "ID", id, "ID length should not exceed allowed limit of 255");
      }
      if (!ids.add(id)) {
        throw S3Errors.invalidArgument(
            "ID", id, "RuleId must be unique. Found same ID for more than one rule.");
      }
      kept.add(
          LifecycleRule.builder()
              .id(id)
              .status(rule.status())
              .prefix(rule.prefix())
              .filter(rule.filter())
              .expiration(rule.expiration())
              .noncurrentVersionExpiration(rule.noncurrentVersionExpiration())
              .abortIncompleteMultipartUpload(rule.abortIncompleteMultipartUpload())
              .build());
    }
    return BucketLifecycleConfiguration.builder().rules(kept).build();
  }

  private static void require(LifecycleRule rule) {
    if (isGiven(rule.transitions()) || isGiven(rule.noncurrentVersionTransitions())) {
      // There is one class of storage here; a transition would be a promise that is not kept.
      throw S3Errors.notImplemented("Transition");
    }
    LifecycleExpiration expiration = rule.expiration();
    NoncurrentVersionExpiration noncurrent = rule.noncurrentVersionExpiration();
    AbortIncompleteMultipartUpload abort = rule.abortIncompleteMultipartUpload();
    if (expiration == null && noncurrent == null && abort == null) {
      throw S3Errors.invalidRequest("At least one action needs to be specified in a rule");
    }
    if (rule.prefix() != null && rule.filter() != null) {
      throw S3Errors.malformedXml();
    }
    if (expiration != null) {
      requireOne(expiration);
    }
    requirePositive(
        "'NoncurrentDays' for NoncurrentVersionExpiration action",
        noncurrent == null ? null : noncurrent.noncurrentDays());
    requirePositive(
        "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action",
        abort == null ? null : abort.daysAfterInitiation());
    ExpiryRule known = of(rule);
    if (abort != null
        && !(known.tags().isEmpty() && known.largerThan() == null && known.smallerThan() == null)) {
      throw S3Errors.invalidRequest(
          "AbortIncompleteMultipartUpload cannot be specified with Tags or object sizes.");
    }
  }

  private static void requireOne(LifecycleExpiration expiration) {
    int given =
        (expiration.days() == null ? 0 : 1)
            + (expiration.date() == null ? 0 : 1)
            + (expiration.expiredObjectDeleteMarker() == null ? 0 : 1);
    if (given != 1) {
      throw S3Errors.malformedXml();
    }
    requirePositive("'Days' for Expiration action", expiration.days());
    Instant date = expiration.date();
    if (date != null
        && !date.equals(date.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).toInstant())) {
      throw S3Errors.invalidArgument("Date", date.toString(), "'Date' must be at midnight GMT");
    }
  }

  private static void requirePositive(String what, @Nullable Integer days) {
    if (days != null && days <= 0) {
      throw S3Errors.invalidArgument("Days", days.toString(), what + " must be a positive integer");
    }
  }

  private static boolean isGiven(@Nullable List<?> list) {
    return list != null && !list.isEmpty();
  }

  /** The bucket's rules that are enabled. */
  static List<ExpiryRule> of(Bucket bucket) {
    String kept = bucket.setting(BucketSetting.LIFECYCLE);
    if (kept == null) {
      return List.of();
    }
    List<LifecycleRule> rules =
        StoredStructure.read(BucketLifecycleConfiguration.SHAPE, kept).rules();
    return requireNonNullElse(rules, List.<LifecycleRule>of()).stream()
        .filter(rule -> "Enabled".equals(rule.status()))
        .map(LifecycleRules::of)
        .toList();
  }

  private static ExpiryRule of(LifecycleRule rule) {
    LifecycleRuleFilter filter = rule.filter();
    LifecycleRuleAndOperator and = filter == null ? null : filter.and();
    LifecycleExpiration expiration = rule.expiration();
    NoncurrentVersionExpiration noncurrent = rule.noncurrentVersionExpiration();
    AbortIncompleteMultipartUpload abort = rule.abortIncompleteMultipartUpload();
    return new ExpiryRule(
        requireNonNullElse(rule.id(), ""),
        first(
            rule.prefix(),
            filter == null ? null : filter.prefix(),
            and == null ? null : and.prefix()),
        tags(filter, and),
        larger(filter, and),
        smaller(filter, and),
        expiration == null ? null : expiration.days(),
        expiration == null ? null : expiration.date(),
        expiration != null && Boolean.TRUE.equals(expiration.expiredObjectDeleteMarker()),
        noncurrent == null ? null : noncurrent.noncurrentDays(),
        noncurrent == null ? 0 : requireNonNullElse(noncurrent.newerNoncurrentVersions(), 0),
        abort == null ? null : abort.daysAfterInitiation());
  }

  private static String first(@Nullable String own, @Nullable String filter, @Nullable String and) {
    return own != null ? own : filter != null ? filter : and != null ? and : "";
  }

  private static Map<String, String> tags(
      @Nullable LifecycleRuleFilter filter, @Nullable LifecycleRuleAndOperator and) {
    List<Tag> tags = new ArrayList<>();
    if (filter != null && filter.tag() != null) {
      tags.add(filter.tag());
    }
    if (and != null && and.tags() != null) {
      tags.addAll(and.tags());
    }
    Map<String, String> map = new LinkedHashMap<>();
    tags.forEach(tag -> map.put(tag.key(), requireNonNullElse(tag.value(), "")));
    return map;
  }

  private static @Nullable Long larger(
      @Nullable LifecycleRuleFilter filter, @Nullable LifecycleRuleAndOperator and) {
    Long own = filter == null ? null : filter.objectSizeGreaterThan();
    return own != null ? own : and == null ? null : and.objectSizeGreaterThan();
  }

  private static @Nullable Long smaller(
      @Nullable LifecycleRuleFilter filter, @Nullable LifecycleRuleAndOperator and) {
    Long own = filter == null ? null : filter.objectSizeLessThan();
    return own != null ? own : and == null ? null : and.objectSizeLessThan();
  }
}
