package dev.sekisho.cloudtrail;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import java.util.regex.Pattern;

/**
 * A trail as callers name it: by its name in their own account and Region, or by its ARN.
 *
 * @param byArn whether they gave the ARN
 */
record TrailName(AccountId account, String region, String name, boolean byArn) {

  private static final int SHORTEST = 3;
  private static final int LONGEST = 128;
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]*");
  private static final Pattern ADJACENT = Pattern.compile("[._-]{2}");
  private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  /**
   * Reads what a caller gave.
   *
   * @throws dev.sekisho.core.ServiceException when it can be neither a name nor an ARN
   */
  static TrailName read(String text, AccountId account, String region) {
    if (!text.startsWith("arn:")) {
      requireName(text);
      return new TrailName(account, region, text, false);
    }
    Arn arn;
    try {
      arn = Arn.parse(text);
      if (!arn.service().equals("cloudtrail") || !arn.resource().startsWith("trail/")) {
        throw CloudTrailErrors.invalidArn(text);
      }
      String name = arn.resource().substring("trail/".length());
      requireName(name);
      return new TrailName(new AccountId(arn.account()), arn.region(), name, true);
    } catch (IllegalArgumentException unreadable) {
      throw CloudTrailErrors.invalidArn(text);
    }
  }

  /** Refuses what CloudTrail takes for no trail's name, in its words. */
  static void requireName(String name) {
    if (name.length() < SHORTEST) {
      throw CloudTrailErrors.invalidName(
          "Trail name too short. Minimum allowed length: 3 characters. Specified name length: "
              + name.length()
              + " characters.");
    }
    if (name.length() > LONGEST) {
      throw CloudTrailErrors.invalidName(
          "Trail name too long. Maximum allowed length: 128 characters. Specified name length: "
              + name.length()
              + " characters.");
    }
    if (!ALLOWED.matcher(name).matches()) {
      throw CloudTrailErrors.invalidName(
          "Trail name or ARN can only contain uppercase letters, lowercase letters, numbers,"
              + " periods (.), hyphens (-), and underscores (_).");
    }
    if (!isAlphanumeric(name.charAt(0))) {
      throw CloudTrailErrors.invalidName("Trail name must starts with a letter or number.");
    }
    if (!isAlphanumeric(name.charAt(name.length() - 1))) {
      throw CloudTrailErrors.invalidName("Trail name must ends with a letter or number.");
    }
    if (ADJACENT.matcher(name).find()) {
      throw CloudTrailErrors.invalidName(
          "Trail name must not have adjacent periods, underscores, or dashes.");
    }
    if (ADDRESS.matcher(name).matches()) {
      throw CloudTrailErrors.invalidName("Trail name must not be formatted as an IP address.");
    }
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  String arn() {
    return StoredTrail.arn(account, region, name);
  }
}
