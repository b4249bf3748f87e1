package dev.sekisho.kms;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.PageTokens;

/**
 * The token that names a grant from the moment it is made.
 *
 * <p>Grants hold at once here, so a token adds nothing to a use of the key; it can retire its
 * grant.
 */
final class GrantTokens {

  private static final String PURPOSE = "kms/grant";

  private final PageTokens tokens;

  /** Which grant a token names. */
  record Named(KeyName key, String grantId) {}

  GrantTokens(PageTokens tokens) {
    this.tokens = tokens;
  }

  String of(Grant grant) {
    KeyName key = grant.key();
    return tokens.seal(
        PURPOSE, String.join("/", key.account().value(), key.region(), key.id(), grant.id()));
  }

  /**
   * The grant that the token names; whether it is still there is another question.
   *
   * @throws ServiceException InvalidGrantTokenException when it is not one of ours
   */
  Named open(String token) {
    try {
      String[] parts = tokens.open(PURPOSE, token).split("/");
      return new Named(new KeyName(new AccountId(parts[0]), parts[1], parts[2]), parts[3]);
    } catch (CryptoException notOurs) {
      throw new ServiceException(
          "InvalidGrantTokenException", 400, "The grant token is not valid.");
    }
  }
}
