package dev.sekisho.kms;

import dev.sekisho.contract.kms.CreateGrantRequest;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.PrincipalDirectory;
import dev.sekisho.core.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a grant must be like before it is made. */
final class GrantRules {

  private static final Set<String> IAM_KINDS = Set.of("user", "role");
  private static final Set<String> STS_KINDS = Set.of("assumed-role", "federated-user");

  private GrantRules() {}

  /**
   * Checks a grant against the key it is for.
   *
   * @throws ServiceException ValidationException or InvalidArnException
   */
  static void check(Key key, CreateGrantRequest input, PrincipalDirectory known) {
    requirePrincipals(input);
    requireKnown(input.granteePrincipal(), known);
    requireKnown(input.retiringPrincipal(), known);
    if (input.operations().isEmpty()) {
      throw KmsErrors.validation("At least one operation must be specified.");
    }
    List<String> possible = operations(key);
    List<String> impossible =
        input.operations().stream().filter(each -> !possible.contains(each)).distinct().toList();
    if (!impossible.isEmpty()) {
      throw KmsErrors.validation(
          "Operations "
              + impossible
              + " are not valid in a grant for a key of the KeySpec "
              + key.spec()
              + " and the KeyUsage "
              + key.usage()
              + ".");
    }
    if (GrantLimits.of(input.constraints()).bindsContext() && !key.spec().isSymmetricEncryption()) {
      throw KmsErrors.validation(
          "Encryption context constraints are valid only in grants for symmetric encryption keys.");
    }
  }

  private static void requirePrincipals(CreateGrantRequest input) {
    boolean service = input.granteeServicePrincipal() != null;
    if (service == (input.granteePrincipal() != null)) {
      throw KmsErrors.validation("Specify either GranteePrincipal or GranteeServicePrincipal.");
    }
    if (input.retiringPrincipal() != null && input.retiringServicePrincipal() != null) {
      throw KmsErrors.validation("Specify either RetiringPrincipal or RetiringServicePrincipal.");
    }
    boolean retirable =
        input.retiringPrincipal() != null || input.retiringServicePrincipal() != null;
    if (service && !(retirable && GrantLimits.of(input.constraints()).sourceArn() != null)) {
      throw KmsErrors.validation(
          "A grant to a service principal needs a SourceArn constraint and a retiring principal.");
    }
    requirePrincipal(input.granteePrincipal());
    requirePrincipal(input.retiringPrincipal());
  }

  /**
   * Returns when it is the ARN of something that can call.
   *
   * @throws ServiceException InvalidArnException otherwise
   */
  static void requirePrincipal(@Nullable String arn) {
    if (arn != null && !isPrincipal(arn)) {
      throw invalidPrincipal(arn);
    }
  }

  private static void requireKnown(@Nullable String arn, PrincipalDirectory known) {
    if (arn != null && !known.exists(Arn.parse(arn))) {
      throw invalidPrincipal(arn);
    }
  }

  private static ServiceException invalidPrincipal(String arn) {
    return new ServiceException(
        "InvalidArnException", 400, "ARN does not refer to a valid principal: " + arn);
  }

  private static boolean isPrincipal(String text) {
    try {
      Arn arn = Arn.parse(text);
      var _ = new AccountId(arn.account());
      int slash = arn.resource().indexOf('/');
      String kind = slash < 0 ? arn.resource() : arn.resource().substring(0, slash);
      boolean named = slash > 0 && slash < arn.resource().length() - 1;
      return arn.partition().equals(Arn.AWS)
          && arn.region().isEmpty()
          && switch (arn.service()) {
            case "iam" -> arn.resource().equals("root") || (IAM_KINDS.contains(kind) && named);
            case "sts" -> STS_KINDS.contains(kind) && named;
            default -> false;
          };
    } catch (IllegalArgumentException notAnArn) {
      return false;
    }
  }

  /** What a grant on the key may be for. */
  private static List<String> operations(Key key) {
    List<String> operations = new ArrayList<>(List.of(Grant.CREATE, Grant.RETIRE, "DescribeKey"));
    operations.addAll(
        switch (key.usage()) {
          case ENCRYPT_DECRYPT -> List.of("Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo");
          case SIGN_VERIFY -> List.of("Sign", "Verify");
          case GENERATE_VERIFY_MAC -> List.of("GenerateMac", "VerifyMac");
          case KEY_AGREEMENT -> List.of("DeriveSharedSecret");
          case ENCAPSULATE_DECAPSULATE -> List.of("Encapsulate", "Decapsulate");
        });
    if (key.spec().isSymmetricEncryption()) {
      operations.addAll(
          List.of(
              "GenerateDataKey",
              "GenerateDataKeyWithoutPlaintext",
              "GenerateDataKeyPair",
              "GenerateDataKeyPairWithoutPlaintext"));
    } else if (key.usage() != KeyUsage.GENERATE_VERIFY_MAC) {
      operations.add("GetPublicKey");
    }
    return operations;
  }
}
