package dev.sekisho.policy.check;

/**
 * What the names of Regions look like. AWS opens new ones, so only what cannot be a name is wrong.
 */
final class Regions {

  private Regions() {}

  /** Whether it is words of small letters and, at the end, a number: {@code us-gov-west-1}. */
  static boolean isShaped(String text) {
    String[] parts = text.split("-", -1);
    if (text.equals("aws-global") || text.equals("global")) {
      return true;
    }
    if (parts.length < 3 || text.length() > 40) {
      return false;
    }
    for (int i = 0; i < parts.length - 1; i++) {
      if (parts[i].isEmpty() || !parts[i].chars().allMatch(c -> c >= 'a' && c <= 'z')) {
        return false;
      }
    }
    String number = parts[parts.length - 1];
    return !number.isEmpty() && number.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
