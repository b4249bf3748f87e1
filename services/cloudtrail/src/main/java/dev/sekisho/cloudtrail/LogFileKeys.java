package dev.sekisho.cloudtrail;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What the objects of a trail are called. */
final class LogFileKeys {

  private static final DateTimeFormatter DAY = formatter("uuuu/MM/dd");
  private static final DateTimeFormatter MINUTE = formatter("uuuuMMdd'T'HHmm'Z'");
  private static final DateTimeFormatter SECOND = formatter("uuuuMMdd'T'HHmmss'Z'");

  private LogFileKeys() {}

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
  }

  /** Where an account's objects are, with a slash at the end. */
  static String folder(StoredTrail trail, String account) {
    String prefix = trail.target().prefix().isEmpty() ? "" : trail.target().prefix() + '/';
    String organization = trail.organization() == null ? "" : trail.organization() + '/';
    return prefix + "AWSLogs/" + organization + account + '/';
  }

  /**
   * The key of a log file.
   *
   * @param unique 16 letters and digits that no other file of the minute has
   */
  static String log(StoredTrail trail, String account, String region, Instant time, String unique) {
    return folder(trail, account)
        + "CloudTrail/%s/%s/%s_CloudTrail_%s_%s_%s.json.gz"
            .formatted(region, DAY.format(time), account, region, MINUTE.format(time), unique);
  }

  /** The key of the digest of a period that ended then. */
  static String digest(StoredTrail trail, String account, String region, Instant end) {
    return folder(trail, account)
        + "CloudTrail-Digest/%s/%s/%s_CloudTrail-Digest_%s_%s_%s_%s.json.gz"
            .formatted(
                region,
                DAY.format(end),
                account,
                region,
                trail.name(),
                trail.region(),
                SECOND.format(end));
  }
}
