package dev.sekisho.iam;

import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Origin;
import dev.sekisho.core.Principal;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.Session;
import dev.sekisho.policy.ContextKeys;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The condition keys of a call: the global ones from who calls and how, the service's own from its
 * check. Nothing is computed before a condition asks for it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">Global
 *     condition keys</a>
 */
final class CallKeys implements ContextKeys {

  private static final int ACCOUNT_DIGITS = 12;
  private static final String PRINCIPAL_TAG = "aws:principaltag/";

  /** The services that {@code aws:CalledVia} may hold. */
  private static final Set<String> CALLED_VIA =
      Set.of(
          "aoss.amazonaws.com",
          "athena.amazonaws.com",
          "backup.amazonaws.com",
          "cloud9.amazonaws.com",
          "cloudformation.amazonaws.com",
          "databrew.amazonaws.com",
          "dataexchange.amazonaws.com",
          "dynamodb.amazonaws.com",
          "imagebuilder.amazonaws.com",
          "kms.amazonaws.com",
          "mgn.amazonaws.com",
          "nimble.amazonaws.com",
          "omics.amazonaws.com",
          "ram.amazonaws.com",
          "robomaker.amazonaws.com",
          "servicecatalog-appregistry.amazonaws.com",
          "sqlworkbench.amazonaws.com",
          "ssm-guiconnect.amazonaws.com");

  private final RequestContext context;
  private final AccessCheck check;
  private final Map<String, String> callerTags;
  private final OrganizationPolicies principalOrganization;
  private final OrganizationPolicies resourceOrganization;
  private final Function<AccountId, OrganizationPolicies> organizations;
  private @Nullable Map<String, List<String>> folded;
  private @Nullable Map<String, String> tags;

  /**
   * @param callerTags of the user or role itself
   * @param principalOrganization of the caller's account
   * @param resourceOrganization of the account that owns the resource
   * @param organizations of any other account
   */
  CallKeys(
      RequestContext context,
      AccessCheck check,
      Map<String, String> callerTags,
      OrganizationPolicies principalOrganization,
      OrganizationPolicies resourceOrganization,
      Function<AccountId, OrganizationPolicies> organizations) {
    this.context = context;
    this.check = check;
    this.callerTags = callerTags;
    this.principalOrganization = principalOrganization;
    this.resourceOrganization = resourceOrganization;
    this.organizations = organizations;
  }

  @Override
  public @Nullable List<String> values(String key) {
    if (key.startsWith(PRINCIPAL_TAG)) {
      return one(tags().get(key.substring(PRINCIPAL_TAG.length())));
    }
    List<String> own = ofCheck().get(key);
    if (own != null) {
      return own;
    }
    if (key.equals("aws:calledvia")) {
      return calledVia();
    }
    if (key.equals("aws:principalservicenameslist")) {
      return one(serviceName());
    }
    String global = global(key);
    return global != null ? one(global) : ofFederation(key);
  }

  /** What the identity provider said of whoever is behind the session. */
  private @Nullable List<String> ofFederation(String key) {
    Session session = context.caller().session();
    if (session == null || session.federation() == null) {
      return null;
    }
    for (Map.Entry<String, List<String>> each : session.federation().keys().entrySet()) {
      if (each.getKey().equalsIgnoreCase(key)) {
        return each.getValue();
      }
    }
    return null;
  }

  private static @Nullable List<String> one(@Nullable String value) {
    return value == null ? null : List.of(value);
  }

  private @Nullable String global(String key) {
    Principal principal = context.caller().principal();
    Session session = context.caller().session();
    return switch (key) {
      case "aws:currenttime" -> context.time().truncatedTo(ChronoUnit.SECONDS).toString();
      case "aws:epochtime" -> Long.toString(context.time().getEpochSecond());
      case "aws:securetransport" -> Boolean.toString(context.secureTransport());
      case "aws:requestedregion" -> context.region();
      case "aws:useragent" -> context.userAgent();
      case "aws:referer" ->
          context.origin() instanceof Origin.Direct(String referer) ? referer : null;
      // Whoever calls through a service comes from no address that a policy could know.
      case "aws:sourceip" -> context.origin() instanceof Origin.Direct ? context.sourceIp() : null;
      case "aws:viaawsservice" -> Boolean.toString(context.origin().sender() != null);
      case "aws:calledviafirst" -> calledVia() == null ? null : calledVia().getFirst();
      case "aws:calledvialast" -> calledVia() == null ? null : calledVia().getLast();
      case "aws:sourcearn" ->
          context.origin() instanceof Origin.OwnAccord(var resource) ? resource.toString() : null;
      case "aws:sourceaccount" ->
          context.origin() instanceof Origin.OwnAccord(var resource) ? resource.account() : null;
      case "aws:sourceorgid" -> sourceOrganization().id();
      case "aws:sourceorgpaths" -> sourceOrganization().path();
      case "aws:userid" -> principal.userId();
      case "aws:username" -> principal instanceof Principal.User user ? user.name() : null;
      case "aws:principaltype" -> type(principal);
      case "aws:principalaccount" ->
          principal.account() == null || principal.arn() == null
              ? null
              : principal.account().value();
      case "aws:principalarn" -> arn(principal);
      case "aws:principalisawsservice" ->
          principal instanceof Principal.Anonymous
              ? null
              : Boolean.toString(principal instanceof Principal.Service);
      case "aws:principalservicename" -> serviceName();
      case "aws:resourceaccount" -> resourceAccount();
      case "aws:principalorgid" -> principalOrganization.id();
      case "aws:principalorgpaths" -> principalOrganization.path();
      case "aws:resourceorgid" -> resourceOrganization.id();
      case "aws:resourceorgpaths" -> resourceOrganization.path();
      case "aws:tokenissuetime" -> session == null ? null : session.issuedAt().toString();
      case "aws:multifactorauthpresent" ->
          session == null ? null : Boolean.toString(session.mfaAt() != null);
      case "aws:multifactorauthage" ->
          session == null || session.mfaAt() == null
              ? null
              : Long.toString(Duration.between(session.mfaAt(), context.time()).toSeconds());
      case "aws:assumedroot" -> context.caller().hasAssumedRoot() ? "true" : null;
      case "aws:federatedprovider" -> federatedProvider(principal, session);
      case "aws:sourceidentity" -> session == null ? null : session.sourceIdentity();
      default -> null;
    };
  }

  private @Nullable String serviceName() {
    return context.caller().principal() instanceof Principal.Service(var name) ? name : null;
  }

  /** Where the resource is that a service acts for. */
  private OrganizationPolicies sourceOrganization() {
    return context.origin() instanceof Origin.OwnAccord(var resource)
            && resource.account().length() == ACCOUNT_DIGITS
        ? organizations.apply(new AccountId(resource.account()))
        : OrganizationPolicies.NONE;
  }

  private static @Nullable String federatedProvider(
      Principal principal, @Nullable Session session) {
    if (principal.provider() != null) {
      return principal.provider();
    }
    return session == null || session.federation() == null ? null : session.federation().provider();
  }

  /** The services on the way, but those that AWS does not name there. */
  private @Nullable List<String> calledVia() {
    if (!(context.origin() instanceof Origin.Forwarded(List<String> services))) {
      return null;
    }
    List<String> named = services.stream().filter(CALLED_VIA::contains).toList();
    return named.isEmpty() ? null : named;
  }

  private @Nullable String resourceAccount() {
    return check.owner() != null
        ? check.owner().value()
        : context.caller().principal().account() == null ? null : context.account().value();
  }

  /** The session of a role is known by its role here, unlike in its own ARN. */
  private static @Nullable String arn(Principal principal) {
    return principal instanceof Principal.RoleSession role
        ? role.roleArn().toString()
        : principal.arn() == null ? null : String.valueOf(principal.arn());
  }

  private static @Nullable String type(Principal principal) {
    return switch (principal) {
      case Principal.Root _ -> "Account";
      case Principal.User _ -> "User";
      case Principal.RoleSession _ -> "AssumedRole";
      case Principal.FederatedUser _ -> "FederatedUser";
      case Principal.Anonymous _ -> "Anonymous";
      case Principal.Service _, Principal.WebIdentity _, Principal.SamlIdentity _ -> null;
    };
  }

  private Map<String, List<String>> ofCheck() {
    Map<String, List<String>> known = folded;
    if (known == null) {
      known = new HashMap<>();
      for (Map.Entry<String, List<String>> each : check.conditions().entrySet()) {
        known.put(each.getKey().toLowerCase(Locale.ROOT), each.getValue());
      }
      folded = known;
    }
    return known;
  }

  /** Tags of the user or role, with the session's in front of them. */
  private Map<String, String> tags() {
    Map<String, String> known = tags;
    if (known == null) {
      known = new HashMap<>();
      Session session = context.caller().session();
      for (Map<String, String> source :
          session == null ? Set.of(callerTags) : List.of(callerTags, session.tags())) {
        for (Map.Entry<String, String> tag : source.entrySet()) {
          known.put(tag.getKey().toLowerCase(Locale.ROOT), tag.getValue());
        }
      }
      tags = known;
    }
    return known;
  }
}
