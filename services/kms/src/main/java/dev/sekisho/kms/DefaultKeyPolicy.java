package dev.sekisho.kms;

import dev.sekisho.core.AccountId;

/** The key policy of a key that was made without one, as AWS writes it. */
final class DefaultKeyPolicy {

  private DefaultKeyPolicy() {}

  static String of(AccountId account) {
    return """
    {
      "Version" : "2012-10-17",
      "Id" : "key-default-1",
      "Statement" : [ {
        "Sid" : "Enable IAM User Permissions",
        "Effect" : "Allow",
        "Principal" : {
          "AWS" : "%s"
        },
        "Action" : "kms:*",
        "Resource" : "*"
      } ]
    }\
    """
        .formatted(account.root());
  }
}
