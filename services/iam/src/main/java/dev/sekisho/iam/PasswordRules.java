package dev.sekisho.iam;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Secret;
import dev.sekisho.core.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What an account demands of its users' passwords.
 *
 * @param usersMayChange whether users may change their own password without a policy that says so
 * @param maximumAge after how many days a password has to be changed; none for never
 * @param reusePrevention how many passwords back none may be used again; none for no such rule
 * @param hardExpiry whether an expired password lets nobody in, even to change it
 */
record PasswordRules(
    int minimumLength,
    boolean symbols,
    boolean numbers,
    boolean uppercase,
    boolean lowercase,
    boolean usersMayChange,
    @Nullable Integer maximumAge,
    @Nullable Integer reusePrevention,
    boolean hardExpiry) {

  static final int SHORTEST = 6;

  private static final int USUAL_LENGTH = 8;
  private static final int USUAL_KINDS = 3;
  private static final String SYMBOLS = "!@#$%^&*()_+-=[]{}|'";

  /** The account's own rules, if it has set any. */
  static Optional<PasswordRules> of(Handle handle, AccountId account) {
    return handle
        .createQuery("select * from iam_password_policy where account = :account")
        .bind("account", account.value())
        .map((row, _) -> {
          int age = row.getInt("maximum_age");
          Integer maximumAge = row.wasNull() ? null : Integer.valueOf(age);
          int reuse = row.getInt("reuse_prevention");
          Integer reusePrevention = row.wasNull() ? null : Integer.valueOf(reuse);
          return new PasswordRules(
              row.getInt("minimum_length"),
              row.getInt("symbols") == 1,
              row.getInt("numbers") == 1,
              row.getInt("uppercase") == 1,
              row.getInt("lowercase") == 1,
              row.getInt("users_may_change") == 1,
              maximumAge,
              reusePrevention,
              row.getInt("hard_expiry") == 1);
        })
        .findOne();
  }

  /**
   * Refuses a password that the account's rules, or AWS's where it has none, do not allow.
   *
   * @throws ServiceException PasswordPolicyViolation
   */
  static void check(@Nullable PasswordRules rules, Secret password, CredentialOwner owner) {
    String text = password.revealText();
    if (rules == null) {
      checkUsual(text, owner);
      return;
    }
    if (text.length() < rules.minimumLength) {
      throw violation("Password should have a minimum length of " + rules.minimumLength);
    }
    if (rules.symbols && lacks(text, PasswordRules::isSymbol)) {
      throw violation("Password should have at least one symbol");
    }
    if (rules.numbers && lacks(text, PasswordRules::isNumber)) {
      throw violation("Password should have at least one number");
    }
    if (rules.uppercase && lacks(text, PasswordRules::isUppercase)) {
      throw violation("Password should have at least one uppercase letter");
    }
    if (rules.lowercase && lacks(text, PasswordRules::isLowercase)) {
      throw violation("Password should have at least one lowercase letter");
    }
  }

  /** What AWS demands where an account has no rules. */
  private static void checkUsual(String text, CredentialOwner owner) {
    if (text.length() < USUAL_LENGTH) {
      throw violation("Password should have a minimum length of " + USUAL_LENGTH);
    }
    int kinds =
        (lacks(text, PasswordRules::isSymbol) ? 0 : 1)
            + (lacks(text, PasswordRules::isNumber) ? 0 : 1)
            + (lacks(text, PasswordRules::isUppercase) ? 0 : 1)
            + (lacks(text, PasswordRules::isLowercase) ? 0 : 1);
    if (kinds < USUAL_KINDS) {
      throw violation(
          "Password should have at least three of the following: uppercase letters, lowercase"
              + " letters, numbers, and symbols");
    }
    if (text.equals(owner.name()) || text.equals(owner.account().value())) {
      throw violation("Password should not be identical to the account or user name");
    }
  }

  static ServiceException violation(String message) {
    return new ServiceException("PasswordPolicyViolation", 400, message);
  }

  /** When a password of that age has to be changed; null when never. */
  @Nullable Instant expiry(Instant changedAt) {
    return maximumAge == null ? null : changedAt.plus(Duration.ofDays(maximumAge));
  }

  private static boolean lacks(String text, IntPredicate kind) {
    return text.chars().noneMatch(kind);
  }

  private static boolean isSymbol(int character) {
    return SYMBOLS.indexOf(character) >= 0;
  }

  private static boolean isNumber(int character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isUppercase(int character) {
    return character >= 'A' && character <= 'Z';
  }

  private static boolean isLowercase(int character) {
    return character >= 'a' && character <= 'z';
  }
}
