package dev.sekisho.server;

import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Authorizer;
import dev.sekisho.core.Principal;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.ServiceException;

/** Lets the root user do everything in its own account, and nobody else anything. */
final class RootOnlyAuthorizer extends Authorizer {

  @Override
  protected void require(RequestContext context, AccessCheck check) {
    boolean root =
        context.caller().principal() instanceof Principal.Root(var account)
            && (check.owner() == null || check.owner().equals(account));
    if (!root) {
      throw new ServiceException(
          "AccessDenied",
          403,
          "User: "
              + context.caller().principal().arn()
              + " is not authorized to perform: "
              + check.action()
              + " because no identity-based policy allows the "
              + check.action()
              + " action");
    }
  }
}
