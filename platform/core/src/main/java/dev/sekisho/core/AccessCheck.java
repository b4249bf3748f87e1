package dev.sekisho.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One question to the policies: may the caller take this action on this resource?
 *
 * @param action for example {@code kms:Encrypt}
 * @param resource the resource's ARN, or {@code *} for actions without resource-level permission
 * @param owner the account that owns the resource; none when it is the caller's own
 * @param conditions condition keys the operation knows, beside the global ones; a key that is
 *     absent from the request is absent from the map
 * @param resourcePolicy the policy attached to the resource, if it can have one
 */
public record AccessCheck(
    String action,
    String resource,
    @Nullable AccountId owner,
    Map<String, List<String>> conditions,
    @Nullable ResourcePolicy resourcePolicy) {

  public AccessCheck {
    conditions = Map.copyOf(conditions);
  }

  /** A check on a resource of the caller's own account, with no policy of its own. */
  public static AccessCheck of(String action, String resource) {
    return new AccessCheck(action, resource, null, Map.of(), null);
  }

  /** The same check with one more condition key; a null value leaves the key absent. */
  public AccessCheck with(String key, @Nullable String value) {
    return value == null ? this : with(key, List.of(value));
  }

  /** The same check with one more, multi-valued, condition key. */
  public AccessCheck with(String key, List<String> values) {
    Map<String, List<String>> more = new LinkedHashMap<>(conditions);
    more.put(key, List.copyOf(values));
    return new AccessCheck(action, resource, owner, more, resourcePolicy);
  }

  /** The same check on a resource that belongs to the account and carries the policy. */
  public AccessCheck ownedBy(AccountId account, @Nullable ResourcePolicy policy) {
    return new AccessCheck(action, resource, account, conditions, policy);
  }
}
