package dev.sekisho.core;

import java.util.Optional;

/**
 * The ids of access keys. They tell their account: the forty bits after the first hold its number.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html">GetAccessKeyInfo</a>
 */
public final class AccessKeyId {

  /** Of keys that last until they are deleted. */
  public static final String LONG_TERM = "AKIA";

  /** Of temporary credentials. */
  public static final String TEMPORARY = "ASIA";

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int LENGTH = 20;
  private static final int PREFIX = 4;
  // Sixteen characters are eighty bits: a one, the account, and what is drawn.
  private static final int UPPER = 10;
  private static final int DRAWN_IN_UPPER = 9;
  private static final int DIGIT = 5;
  private static final long LARGEST = 999_999_999_999L;

  private AccessKeyId() {}

  /** A new id that tells the account. */
  public static String of(String prefix, AccountId account, Randomness randomness) {
    byte[] drawn = randomness.bytes(UPPER);
    long upper = (1L << (UPPER * DIGIT - 1)) | (Long.parseLong(account.value()) << DRAWN_IN_UPPER);
    upper |= ((drawn[0] & 0xffL) << 1) | (drawn[1] & 1);
    StringBuilder id = new StringBuilder(prefix);
    for (int i = UPPER - 1; i >= 0; i--) {
      id.append(ALPHABET.charAt((int) (upper >>> (i * DIGIT)) & 31));
    }
    for (int i = 2; i < UPPER - 2; i++) {
      id.append(ALPHABET.charAt(drawn[i] & 31));
    }
    return id.toString();
  }

  /** The account that the id tells; none when it tells none. */
  public static Optional<AccountId> account(String id) {
    if (id.length() != LENGTH) {
      return Optional.empty();
    }
    long upper = 0;
    for (int i = PREFIX; i < LENGTH; i++) {
      int digit = ALPHABET.indexOf(id.charAt(i));
      if (digit < 0) {
        return Optional.empty();
      }
      upper = i < PREFIX + UPPER ? (upper << DIGIT) | digit : upper;
    }
    long number = (upper >>> DRAWN_IN_UPPER) & ((1L << 40) - 1);
    return upper >>> (UPPER * DIGIT - 1) == 0 || number > LARGEST
        ? Optional.empty()
        : Optional.of(new AccountId("%012d".formatted(number)));
  }
}
