package dev.sekisho.policy;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Principal;
import dev.sekisho.policy.Statement.PrincipalElement;
import dev.sekisho.policy.Statement.Selection;
import org.jspecify.annotations.Nullable;

/** Says how a principal element names a caller. */
final class PrincipalMatcher {

  private final @Nullable Selection<PrincipalElement> element;

  PrincipalMatcher(@Nullable Selection<PrincipalElement> element) {
    this.element = element;
  }

  /** How the element names the caller; a resource policy's statement without one names nobody. */
  Grant grant(Principal caller) {
    if (element == null) {
      return Grant.NONE;
    }
    Grant closest = Grant.NONE;
    for (PrincipalElement each : element.values()) {
      Grant grant = grant(each, caller);
      if (grant.compareTo(closest) > 0) {
        closest = grant;
      }
    }
    if (element.negated()) {
      return closest == Grant.NONE ? Grant.EVERYONE : Grant.NONE;
    }
    return closest;
  }

  private static Grant grant(PrincipalElement element, Principal caller) {
    return switch (element.type()) {
      case "AWS" -> aws(element.value(), caller);
      case "Service" ->
          caller instanceof Principal.Service(var name) && name.equals(element.value())
              ? Grant.SESSION
              : Grant.NONE;
      case "Federated" -> element.value().equals(caller.provider()) ? Grant.SESSION : Grant.NONE;
      default -> Grant.NONE;
    };
  }

  private static Grant aws(String value, Principal caller) {
    if (caller.provider() != null) {
      // Who has no credentials yet is named by its provider or not at all.
      return Grant.NONE;
    }
    if (value.equals("*")) {
      return Grant.EVERYONE;
    }
    AccountId account = caller.account();
    if (account == null) {
      return Grant.NONE;
    }
    if (value.equals(account.value()) || value.equals(account.root().toString())) {
      return Grant.ACCOUNT;
    }
    return switch (caller) {
      case Principal.User user ->
          value.equals(user.arn().toString()) || value.equals(user.id()) ? Grant.USER : Grant.NONE;
      case Principal.RoleSession role -> {
        if (value.equals(role.arn().toString())) {
          yield Grant.SESSION;
        }
        yield value.equals(role.roleArn().toString()) || value.equals(role.roleId())
            ? Grant.ROLE
            : Grant.NONE;
      }
      case Principal.FederatedUser federated -> {
        if (value.equals(federated.arn().toString())) {
          yield Grant.SESSION;
        }
        yield federated.issuer() instanceof Principal.User user
                && (value.equals(user.arn().toString()) || value.equals(user.id()))
            ? Grant.USER
            : Grant.NONE;
      }
      case Principal.WebIdentity _,
          Principal.SamlIdentity _,
          Principal.Root _,
          Principal.Service _,
          Principal.Anonymous _ ->
          Grant.NONE;
    };
  }
}
