package dev.sekisho.kms;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;

/**
 * Which alias.
 *
 * @param name with its prefix {@code alias/}
 */
record AliasName(AccountId account, String region, String name) {

  static final String PREFIX = "alias/";

  /** What aliases of AWS managed keys begin with. */
  static final String AWS_PREFIX = "alias/aws/";

  String arn() {
    return Arn.of("kms", region, account.value(), name).toString();
  }
}
