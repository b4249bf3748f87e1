package dev.sekisho.core;

import java.util.List;
import java.util.Optional;
import java.util.Set;
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

        @Override
        public Optional<Administration> administration(AccountId account, String service) {
          return Optional.empty();
        }
      };

  /** The account's place in its organization; none when it stands alone. */
  Optional<Membership> membership(AccountId account);

  /** Whether the account was closed: nobody in it may do anything then. */
  boolean isSuspended(AccountId account);

  /**
   * Who administers a service in the account's organization; none when the account stands alone.
   *
   * @param service the service's principal, for example {@code iam.amazonaws.com}
   */
  Optional<Administration> administration(AccountId account, String service);

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
   * A service's standing in an organization.
   *
   * @param allFeatures whether the organization is more than a common bill
   * @param trusted whether the service may work across the organization's accounts
   * @param delegated the accounts that administer the service beside the management account
   */
  record Administration(
      String organizationId,
      AccountId management,
      boolean allFeatures,
      boolean trusted,
      Set<AccountId> delegated) {

    public Administration {
      delegated = Set.copyOf(delegated);
    }

    /** Whether the account is the management account or administers the service. */
    public boolean isAdministrator(AccountId account) {
      return account.equals(management) || (trusted && delegated.contains(account));
    }
  }

  /**
   * A policy of an organization.
   *
   * @param document the policy's JSON
   */
  record ControlPolicy(String arn, String document) {}
}
