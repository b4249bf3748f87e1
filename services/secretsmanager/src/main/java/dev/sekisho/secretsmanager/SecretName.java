package dev.sekisho.secretsmanager;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Randomness;
import java.util.regex.Pattern;

/** The names of secrets and the ARNs made of them. */
final class SecretName {

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9/_+=.@-]{1,512}");
  private static final String SUFFIX_ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** What an ARN has after the name: a hyphen and as many characters. */
  private static final int SUFFIX = 6;

  private SecretName() {}

  /**
   * Refuses what is no name.
   *
   * @throws dev.sekisho.core.ServiceException InvalidParameterException
   */
  static void require(String name) {
    if (!VALID.matcher(name).matches()) {
      throw SecretsManagerErrors.invalidParameter(
          "Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
              + " following: -/_+=.@!");
    }
  }

  /** The ARN of a new secret: another than that of any secret that had the name before. */
  static String arn(AccountId account, String region, String name, Randomness randomness) {
    return unsuffixed(account, region, name) + '-' + randomness.text(SUFFIX_ALPHABET, SUFFIX);
  }

  /** The ARN as one writes it who does not know its end. */
  static String unsuffixed(AccountId account, String region, String name) {
    return "arn:aws:secretsmanager:" + region + ':' + account + ":secret:" + name;
  }
}
