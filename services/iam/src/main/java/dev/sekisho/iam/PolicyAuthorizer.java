package dev.sekisho.iam;

import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Authorizer;
import dev.sekisho.core.Principal;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.ResourcePolicy;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Session;
import dev.sekisho.policy.AccessRequest;
import dev.sekisho.policy.CompiledPolicy;
import dev.sekisho.policy.Decision;
import dev.sekisho.policy.DenialMessage;
import dev.sekisho.policy.Evaluator;
import dev.sekisho.policy.PolicySet;
import dev.sekisho.store.ChangeStamps;
import dev.sekisho.store.Database;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides every call by the policies that the caller and the resource have now. */
public final class PolicyAuthorizer extends Authorizer {

  private final CallerPolicyLoader loader;
  private final CompiledDocuments documents = new CompiledDocuments();

  public PolicyAuthorizer(Database database, ChangeStamps stamps) {
    this.loader = new CallerPolicyLoader(database, stamps);
  }

  @Override
  protected void require(RequestContext context, AccessCheck check) {
    Principal principal = context.caller().principal();
    refuseTokenOfWrongKind(context);
    CallerPolicies caller = loader.of(principal);
    AccessRequest request =
        new AccessRequest(
            principal, check.action(), check.resource(), new CallKeys(context, check, caller));
    switch (Evaluator.decide(request, policies(context, check, caller))) {
      case Decision.Allow _ -> {}
      case Decision.ExplicitDeny deny -> throw denied(request, deny);
      case Decision.ImplicitDeny deny -> throw denied(request, deny);
    }
  }

  private static ServiceException denied(AccessRequest request, Decision decision) {
    return new ServiceException(
        "AccessDenied", 403, String.valueOf(DenialMessage.of(request, decision)));
  }

  /** What GetSessionToken gives out is no good for IAM, unless a second factor was shown. */
  private static void refuseTokenOfWrongKind(RequestContext context) {
    Session session = context.caller().session();
    Principal principal = context.caller().principal();
    boolean own = principal instanceof Principal.User || principal instanceof Principal.Root;
    if (session != null && own && session.mfaAt() == null && context.service().equals("iam")) {
      throw new ServiceException(
          "InvalidClientTokenId", 403, "The security token included in the request is invalid");
    }
  }

  private PolicySet policies(RequestContext context, AccessCheck check, CallerPolicies caller) {
    ResourcePolicy resource = check.resourcePolicy();
    AccountId account = context.caller().principal().account();
    return new PolicySet(
        caller.identity(),
        caller.boundary(),
        session(context.caller().session(), account),
        resource == null ? null : documents.of(resource.document()),
        resource == null ? PolicySet.Weight.EITHER : weight(resource.kind()),
        List.of(),
        List.of(),
        null,
        check.owner() != null && account != null && !check.owner().equals(account));
  }

  private static PolicySet.Weight weight(ResourcePolicy.Kind kind) {
    return switch (kind) {
      case ORDINARY -> PolicySet.Weight.EITHER;
      case KEY_POLICY -> PolicySet.Weight.RESOURCE_REQUIRED;
      case TRUST_POLICY -> PolicySet.Weight.TRUST_REQUIRED;
    };
  }

  /** Null when the session was made without policies, which is not the same as with none left. */
  private @Nullable List<CompiledPolicy> session(
      @Nullable Session session, @Nullable AccountId account) {
    if (session == null || (session.policy() == null && session.policyArns().isEmpty())) {
      return null;
    }
    List<CompiledPolicy> policies = new ArrayList<>();
    if (session.policy() != null) {
      policies.add(documents.of(session.policy()));
    }
    if (account != null) {
      for (String arn : session.policyArns()) {
        loader.managed(arn, account).ifPresent(policies::add);
      }
    }
    return policies;
  }
}
