package dev.sekisho.iam;

import dev.sekisho.core.Arn;
import dev.sekisho.core.Call;
import java.util.Optional;

/** The ARN by which a call names an identity provider. */
final class ProviderArn {

  private ProviderArn() {}

  /**
   * The provider's name in the caller's account; none when the ARN is of another account.
   *
   * @param prefix what the ARN's resource begins with, for example {@code saml-provider/}
   * @param kind what the provider is called in a refusal
   * @throws dev.sekisho.core.ServiceException ValidationError for what is no ARN, InvalidInput for
   *     one of something else
   */
  static Optional<String> name(Call<?> call, String text, String prefix, String kind) {
    Arn arn;
    try {
      arn = Arn.parse(text);
    } catch (IllegalArgumentException notAnArn) {
      throw IamErrors.validation("Invalid ARN: " + text);
    }
    if (!arn.service().equals("iam") || !arn.resource().startsWith(prefix)) {
      throw IamErrors.invalidInput("Invalid ARN for " + kind + " provider: " + text);
    }
    return arn.account().equals(call.account().value())
        ? Optional.of(arn.resource().substring(prefix.length()))
        : Optional.empty();
  }
}
