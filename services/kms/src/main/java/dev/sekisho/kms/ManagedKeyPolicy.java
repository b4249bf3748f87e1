package dev.sekisho.kms;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;

/**
 * The key policy of an AWS managed key: whoever may use the service uses the key through it, and
 * the account may look at the key. Nobody may change it, for nothing else is allowed.
 */
final class ManagedKeyPolicy {

  private ManagedKeyPolicy() {}

  /**
   * @param service for example {@code secretsmanager}
   */
  static String of(AccountId account, String region, String service) {
    return """
    {
      "Version" : "2012-10-17",
      "Id" : "auto-%1$s-2",
      "Statement" : [ {
        "Sid" : "Allow access through %1$s for all principals in the account that are authorized to use %1$s",
        "Effect" : "Allow",
        "Principal" : {
          "AWS" : "*"
        },
        "Action" : [ "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:CreateGrant", "kms:DescribeKey" ],
        "Resource" : "*",
        "Condition" : {
          "StringEquals" : {
            "kms:CallerAccount" : "%2$s",
            "kms:ViaService" : "%1$s.%3$s.%4$s"
          }
        }
      }, {
        "Sid" : "Allow direct access to key metadata to the account",
        "Effect" : "Allow",
        "Principal" : {
          "AWS" : "%5$s"
        },
        "Action" : [ "kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant" ],
        "Resource" : "*"
      } ]
    }\
    """
        .formatted(service, account, region, DOMAIN, Arn.of("iam", "", account.value(), "root"));
  }

  private static final String DOMAIN = "amazonaws.com";
}
