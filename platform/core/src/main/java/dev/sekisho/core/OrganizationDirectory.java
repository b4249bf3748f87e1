package dev.sekisho.core;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Knows which organization an account is in and what is laid on it there. Implemented by
 * Organizations, asked by every decision.
 *
 * <p>INVARIANT: a change bumps the stamp that decisions are cached by, so what was asked may be
 * kept for as long as that stamp stands.
 */
public interface OrganizationDirectory {

  /** For an installation that has no organization. */
  OrganizationDirectory NONE =
      new OrganizationDirectory() {
        @Override
        public Optional<Membership> membership(AccountId account) {
          return Optional.empty();
        }

        @Override
        public boolean isSuspended(AccountId account) {
          return false;
        }
      };

  /** The account's place in its organization; none when it stands alone. */
  Optional<Membership> membership(AccountId account);

  /** Whether the account was closed: nobody in it may do anything then. */
  boolean isSuspended(AccountId account);

  /** What the account's organization is to a service; none when the account stands alone. */
  default Optional<ServiceReach> reach(AccountId account, String service) {
    return Optional.empty();
  }

  /**
   * How far a service may act for a whole organization.
   *
   * @param allFeatures whether the organization has more than consolidated billing
   * @param trusted whether the organization lets the service into its accounts
   */
  record ServiceReach(
      String organizationId, AccountId management, boolean allFeatures, boolean trusted) {}

  /**
   * An account's place in its organization.
   *
   * @param path what {@code aws:PrincipalOrgPaths} holds, for example {@code o-a/r-b/ou-c/}
   * @param serviceControl what limits the account's principals, level by level from the root to the
   *     account; null when nothing does: in the management account, or when the type is disabled
   * @param resourceControl what limits the use of the account's resources, in the same way
   */
  record Membership(
      String organizationId,
      String path,
      @Nullable List<List<ControlPolicy>> serviceControl,
      @Nullable List<List<ControlPolicy>> resourceControl) {

    public Membership {
      serviceControl = serviceControl == null ? null : List.copyOf(serviceControl);
      resourceControl = resourceControl == null ? null : List.copyOf(resourceControl);
    }
  }

  /**
   * A policy of an organization.
   *
   * @param document the policy's JSON
   */
  record ControlPolicy(String arn, String document) {}
}
