package dev.sekisho.core;

/** An AWS account number: exactly twelve decimal digits. */
public record AccountId(String value) {

  /**
   * @throws IllegalArgumentException when the value is not twelve digits
   */
  public AccountId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("an account id has twelve digits: " + value);
    }
  }

  /** Whether the value is an account number. */
  public static boolean isValid(String value) {
    return value.length() == 12 && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The ARN of the account's root user, which also stands for the account as a principal. */
  public Arn root() {
    return Arn.of("iam", "", value, "root");
  }

  @Override
  public String toString() {
    return value;
  }
}
