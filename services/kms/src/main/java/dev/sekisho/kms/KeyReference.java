package dev.sekisho.kms;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Call;
import dev.sekisho.core.ServiceException;

/** What a {@code KeyId} parameter says: a key, or an alias that stands for one. */
sealed interface KeyReference {

  /** By id or key ARN. */
  record ByName(KeyName key) implements KeyReference {}

  /** By alias name or alias ARN. */
  record ByAlias(AliasName alias) implements KeyReference {}

  /**
   * Reads a parameter; names without an account belong to the caller's.
   *
   * @throws ServiceException NotFoundException when it has none of the four forms, or names another
   *     Region
   */
  static KeyReference parse(String keyId, Call<?> call) {
    if (keyId.startsWith("arn:")) {
      return parseArn(keyId, call);
    }
    if (keyId.startsWith(AliasName.PREFIX)) {
      return new ByAlias(new AliasName(call.account(), call.region(), keyId));
    }
    if (KeyName.isId(keyId)) {
      return new ByName(new KeyName(call.account(), call.region(), keyId));
    }
    throw KmsErrors.invalidKeyId(keyId);
  }

  private static KeyReference parseArn(String text, Call<?> call) {
    try {
      Arn arn = Arn.parse(text);
      if (arn.partition().equals(Arn.AWS) && arn.service().equals("kms")) {
        AccountId account = new AccountId(arn.account());
        if (!arn.region().equals(call.region())) {
          throw KmsErrors.notFound("Invalid arn " + arn.region());
        }
        String resource = arn.resource();
        if (resource.startsWith(AliasName.PREFIX)) {
          return new ByAlias(new AliasName(account, arn.region(), resource));
        }
        if (resource.startsWith("key/") && KeyName.isId(resource.substring(4))) {
          return new ByName(new KeyName(account, arn.region(), resource.substring(4)));
        }
      }
    } catch (IllegalArgumentException notAnArn) {
      // The same refusal as for an ARN of something else.
    }
    throw KmsErrors.notFound("Invalid arn " + text);
  }
}
