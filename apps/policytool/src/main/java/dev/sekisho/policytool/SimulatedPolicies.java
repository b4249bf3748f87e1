package dev.sekisho.policytool;

import dev.sekisho.core.Arn;
import dev.sekisho.core.Principal;
import dev.sekisho.policy.CompiledPolicy;
import dev.sekisho.policy.Effect;
import dev.sekisho.policy.MalformedPolicyException;
import dev.sekisho.policy.PolicyDocument;
import dev.sekisho.policy.PolicyKind;
import dev.sekisho.policy.PolicyParser;
import dev.sekisho.policy.PolicySet;
import dev.sekisho.policy.PolicySet.Weight;
import dev.sekisho.policy.PolicyValidator;
import dev.sekisho.policy.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The policies of a simulation, from files; each goes by its file's name. */
final class SimulatedPolicies {

  private final List<CompiledPolicy> identity;
  private final @Nullable CompiledPolicy boundary;
  private final @Nullable List<CompiledPolicy> session;
  private final @Nullable CompiledPolicy resource;
  private final Weight weight;
  private final List<List<CompiledPolicy>> serviceControl;
  private final List<List<CompiledPolicy>> resourceControl;

  SimulatedPolicies(Arguments arguments) {
    this.identity = checked(arguments.all("identity"), PolicyKind.IDENTITY);
    this.boundary = checked(arguments.one("boundary"), PolicyKind.IDENTITY);
    List<String> sessions = arguments.all("session");
    this.session = sessions.isEmpty() ? null : checked(sessions, PolicyKind.IDENTITY);
    List<String> kinds =
        Stream.of("resource-policy", "key-policy", "trust-policy")
            .filter(name -> !arguments.all(name).isEmpty())
            .toList();
    if (kinds.size() > 1) {
      throw new UsageException("a resource has one policy: " + String.join(" or ", kinds));
    }
    String kind = kinds.isEmpty() ? "resource-policy" : kinds.getFirst();
    this.weight =
        switch (kind) {
          case "key-policy" -> Weight.RESOURCE_REQUIRED;
          case "trust-policy" -> Weight.TRUST_REQUIRED;
          default -> Weight.EITHER;
        };
    this.resource =
        checked(
            arguments.one(kind),
            switch (weight) {
              case EITHER -> PolicyKind.RESOURCE;
              case RESOURCE_REQUIRED -> PolicyKind.KMS_KEY;
              case TRUST_REQUIRED -> PolicyKind.TRUST;
            });
    this.serviceControl = levels(arguments.all("scp"), PolicyKind.SERVICE_CONTROL);
    this.resourceControl = levels(arguments.all("rcp"), PolicyKind.RESOURCE_CONTROL);
  }

  /** The policies that a request by the caller on the resource meets. */
  PolicySet on(String resourceArn, Principal caller) {
    return new PolicySet(
        identity,
        boundary,
        session,
        resource,
        weight,
        serviceControl,
        resourceControl,
        null,
        isOfAnotherAccount(resourceArn, caller));
  }

  private static boolean isOfAnotherAccount(String resourceArn, Principal caller) {
    if (!resourceArn.startsWith("arn:")) {
      return false;
    }
    try {
      String account = Arn.parse(resourceArn).account();
      return !account.isEmpty() && !account.equals(String.valueOf(caller.account()));
    } catch (IllegalArgumentException notAnArn) {
      throw new UsageException(resourceArn + " is not an ARN");
    }
  }

  private static List<List<CompiledPolicy>> levels(List<String> levels, PolicyKind kind) {
    return levels.stream()
        .map(level -> Stream.of(level.split(",")).map(name -> compiled(name, kind)).toList())
        .toList();
  }

  private static List<CompiledPolicy> checked(List<String> names, PolicyKind kind) {
    return names.stream().map(name -> compiled(name, kind)).toList();
  }

  private static @Nullable CompiledPolicy checked(@Nullable String name, PolicyKind kind) {
    return name == null ? null : compiled(name, kind);
  }

  private static CompiledPolicy compiled(String name, PolicyKind kind) {
    String text = PolicyFile.read(name).text();
    try {
      return CompiledPolicy.of(name, document(text, kind));
    } catch (MalformedPolicyException malformed) {
      throw new UsageException(
          "%s:%d:%d: %s"
              .formatted(name, malformed.line(), malformed.column(), malformed.message()));
    }
  }

  /** Nobody can write RCPFullAWSAccess, which allows, but it is on every level. */
  private static PolicyDocument document(String text, PolicyKind kind) {
    if (kind == PolicyKind.RESOURCE_CONTROL) {
      PolicyDocument document = PolicyParser.parse(text);
      if (document.statements().stream().allMatch(SimulatedPolicies::isFullAccess)) {
        return PolicyValidator.check(text, PolicyKind.RESOURCE);
      }
    }
    return PolicyValidator.check(text, kind);
  }

  private static boolean isFullAccess(Statement statement) {
    return statement.effect() == Effect.ALLOW
        && statement.actions() != null
        && statement.actions().values().equals(List.of("*"))
        && statement.conditions().isEmpty();
  }
}
