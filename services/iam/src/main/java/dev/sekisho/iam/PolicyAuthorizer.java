package dev.sekisho.iam;

import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Authorizer;
import dev.sekisho.core.Caller;
import dev.sekisho.core.OrganizationDirectory;
import dev.sekisho.core.Principal;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.ResourcePolicy;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Session;
import dev.sekisho.crypto.SealedMessages;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides every call by the policies that the caller and the resource have now. */
public final class PolicyAuthorizer extends Authorizer {

  private final CallerPolicyLoader loader;
  private final Function<AccountId, OrganizationPolicies> organizations;
  private final CompiledDocuments documents = new CompiledDocuments();

  private final SealedMessages messages;

  /**
   * @param directory the organizations; its changes bump {@link IamPrincipals#TOPIC}
   * @param messages seals what only those who may are to read of a refusal
   */
  public PolicyAuthorizer(
      Database database,
      ChangeStamps stamps,
      OrganizationDirectory directory,
      SealedMessages messages) {
    this.messages = messages;
    this.loader = new CallerPolicyLoader(database, stamps, directory);
    this.organizations = loader::organization;
  }

  @Override
  protected void require(RequestContext context, AccessCheck check) {
    Principal principal = context.caller().principal();
    refuseTokenOfWrongKind(context);
    CallerPolicies caller = loader.of(principal);
    OrganizationPolicies owner = owner(check, caller, principal);
    AccessRequest request =
        new AccessRequest(
            principal,
            check.action(),
            check.resource(),
            new CallKeys(
                context, check, caller.tags(), caller.organization(), owner, organizations));
    PolicySet policies = policies(context, check, caller, owner);
    switch (Evaluator.decide(request, policies)) {
      case Decision.Allow _ -> {}
      case Decision.ExplicitDeny deny ->
          throw denied(
              request,
              check,
              policies,
              DenialMessage.of(request, deny)
                  + OrganizationDenial.culprit(
                      deny, caller.organization(), owner, request, policies));
      case Decision.ImplicitDeny deny ->
          throw denied(request, check, policies, String.valueOf(DenialMessage.of(request, deny)));
    }
  }

  private ServiceException denied(
      AccessRequest request, AccessCheck check, PolicySet policies, String message) {
    if (isVouchedFor(request.principal())) {
      return denied("Not authorized to perform " + request.action());
    }
    if (isStranger(request, check)) {
      return denied("Access Denied");
    }
    // EC2 alone adds what only those who may decode it are to know.
    return denied(
        request.action().startsWith("ec2:")
            ? message
                + ". Encoded authorization failure message: "
                + messages.seal(EncodedDenial.of(request, policies))
            : message);
  }

  /** S3 tells those outside of a bucket's account nothing of why. */
  private static boolean isStranger(AccessRequest request, AccessCheck check) {
    return request.action().startsWith("s3:")
        && check.owner() != null
        && !check.owner().equals(request.principal().account());
  }

  private static boolean isVouchedFor(Principal principal) {
    return principal instanceof Principal.WebIdentity
        || principal instanceof Principal.SamlIdentity;
  }

  private static ServiceException denied(String message) {
    return new ServiceException("AccessDenied", 403, message);
  }

  /** What the organization of the resource's account says; the resource is the caller's mostly. */
  private OrganizationPolicies owner(
      AccessCheck check, CallerPolicies caller, Principal principal) {
    AccountId owner = check.owner();
    return owner == null || owner.equals(principal.account())
        ? caller.organization()
        : loader.organization(owner);
  }

  /** What GetSessionToken gives out is no good for IAM, unless a second factor was shown. */
  private static void refuseTokenOfWrongKind(RequestContext context) {
    Session session = context.caller().session();
    Principal principal = context.caller().principal();
    boolean own = principal instanceof Principal.User || principal instanceof Principal.Root;
    boolean withoutFactor =
        session != null && own && session.mfaAt() == null && !context.caller().hasAssumedRoot();
    if (principal instanceof Principal.FederatedUser && context.service().equals("sts")) {
      throw denied("Cannot call " + context.operation() + " with session credentials");
    }
    if (context.service().equals("iam")
        && (withoutFactor || principal instanceof Principal.FederatedUser)) {
      throw new ServiceException(
          "InvalidClientTokenId", 403, "The security token included in the request is invalid");
    }
  }

  private PolicySet policies(
      RequestContext context,
      AccessCheck check,
      CallerPolicies caller,
      OrganizationPolicies owner) {
    ResourcePolicy resource = check.resourcePolicy();
    Principal principal = context.caller().principal();
    AccountId account = principal.account();
    return new PolicySet(
        caller.identity(),
        caller.boundary(),
        session(context.caller(), account),
        resource == null ? null : documents.of(resource.document()),
        resource == null ? PolicySet.Weight.EITHER : weight(resource.kind()),
        ResourceControl.isServiceLinked(principal)
            ? List.of()
            : caller.organization().serviceControl(),
        owner.resourceControl().isEmpty() || !ResourceControl.covers(check.action(), principal)
            ? List.of()
            : owner.resourceControl(),
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
  private @Nullable List<CompiledPolicy> session(Caller caller, @Nullable AccountId account) {
    Session session = caller.session();
    if (session == null || (session.policy() == null && session.policyArns().isEmpty())) {
      // A federated user without them is let in by resources' policies only.
      return caller.principal() instanceof Principal.FederatedUser ? List.of() : null;
    }
    List<CompiledPolicy> policies = new ArrayList<>();
    if (caller.hasAssumedRoot()) {
      return account == null ? policies : task(session, account);
    }
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

  /**
   * A task policy allows nothing by itself: it denies all but the task.
   *
   * <p>INVARIANT: without it the session may do nothing.
   */
  private List<CompiledPolicy> task(Session session, AccountId account) {
    List<CompiledPolicy> policies = new ArrayList<>();
    for (String arn : session.policyArns()) {
      loader.managed(arn, account).ifPresent(policies::add);
    }
    if (policies.size() == session.policyArns().size()) {
      policies.add(CallerPolicyLoader.EVERYTHING);
    }
    return policies;
  }
}
