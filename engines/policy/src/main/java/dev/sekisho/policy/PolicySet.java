package dev.sekisho.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every policy that a request meets.
 *
 * @param identity the caller's own and its groups'
 * @param boundary the caller's permissions boundary, if it has one
 * @param session the session's policies; null when it was made without any
 * @param resource the resource's policy, if it has one
 * @param weight how the resource's policy weighs
 * @param serviceControl by level, from the root to the account; empty without an organisation
 * @param resourceControl by level; empty without an organisation
 * @param endpoint the VPC endpoint's policy, when the call came through one
 * @param crossAccount whether caller and resource belong to different accounts
 */
public record PolicySet(
    List<CompiledPolicy> identity,
    @Nullable CompiledPolicy boundary,
    @Nullable List<CompiledPolicy> session,
    @Nullable CompiledPolicy resource,
    Weight weight,
    List<List<CompiledPolicy>> serviceControl,
    List<List<CompiledPolicy>> resourceControl,
    @Nullable CompiledPolicy endpoint,
    boolean crossAccount) {

  /** How a resource's policy weighs beside the caller's own. */
  public enum Weight {
    /** In one account either may allow. */
    EITHER,
    /** The resource's policy must allow: KMS keys. */
    RESOURCE_REQUIRED,
    /** The resource's policy must allow: roles. */
    TRUST_REQUIRED
  }

  public PolicySet {
    identity = List.copyOf(identity);
  }

  /** A caller's own policies and nothing else. */
  public static PolicySet ofIdentity(List<CompiledPolicy> identity) {
    return new PolicySet(
        identity, null, null, null, Weight.EITHER, List.of(), List.of(), null, false);
  }
}
