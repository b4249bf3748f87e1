package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.Tag;
import dev.sekisho.core.AccessCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The checks for calls on roots, units, accounts and policies, with their condition keys. */
final class Targets {

  private Targets() {}

  /** Calls that name no resource. */
  static Gate.Resources any() {
    return (_, _, action) -> List.of(AccessCheck.of(action, "*"));
  }

  /** A call that names no resource, with a condition key. */
  static Gate.Resources any(String key, @Nullable String value) {
    return (_, _, action) -> List.of(AccessCheck.of(action, "*").with(key, value));
  }

  /** Calls that make something with tags. */
  static Gate.Resources creation(@Nullable List<Tag> tags) {
    return (_, _, action) -> List.of(TagStore.requested(AccessCheck.of(action, "*"), tags));
  }

  /** Calls on roots, units or accounts. */
  static Gate.Resources entities(String... ids) {
    return (handle, organization, action) -> {
      List<AccessCheck> checks = new ArrayList<>();
      for (String id : ids) {
        checks.add(tagged(handle, AccessCheck.of(action, organization.entityArn(id)), id));
      }
      return checks;
    };
  }

  /** Calls on policies, and on the root, unit or account the policy is or gets attached to. */
  static Gate.Resources policy(String id, @Nullable String target) {
    return (handle, organization, action) -> {
      Policy policy = PolicyStore.find(handle, organization, id).orElse(null);
      if (policy == null) {
        return List.of(AccessCheck.of(action, "*"));
      }
      String type = policy.type().name();
      List<AccessCheck> checks = new ArrayList<>();
      checks.add(
          tagged(handle, AccessCheck.of(action, organization.policyArn(policy.type(), id)), id));
      if (target != null) {
        checks.add(tagged(handle, AccessCheck.of(action, organization.entityArn(target)), target));
      }
      return checks.stream().map(check -> check.with("organizations:PolicyType", type)).toList();
    };
  }

  /** Calls on whatever can carry tags. */
  static Gate.Resources taggable(String id) {
    return (handle, organization, action) -> {
      String arn =
          id.startsWith("rp-")
              ? organization.resourcePolicyArn(id)
              : id.startsWith("p-")
                  ? PolicyStore.find(handle, organization, id)
                      .map(policy -> organization.policyArn(policy.type(), id))
                      .orElse("*")
                  : organization.entityArn(id);
      return List.of(tagged(handle, AccessCheck.of(action, arn), id));
    };
  }

  /** Calls on handshakes, whichever organization they are of. */
  static AccessCheck handshake(Handle handle, String action, String id) {
    Handshake handshake = HandshakeStore.find(handle, id).orElse(null);
    return AccessCheck.of(
        action,
        handshake == null
            ? "*"
            : Objects.requireNonNull(
                OrganizationStore.find(handle, handshake.organization())
                    .map(of -> of.handshakeArn(handshake.action(), id))
                    .orElse("*")));
  }

  private static AccessCheck tagged(Handle handle, AccessCheck check, String id) {
    AccessCheck with = check;
    for (Tag tag : TagStore.of(handle, id)) {
      with = with.with("aws:ResourceTag/" + tag.key(), tag.value());
    }
    return with;
  }
}
