package dev.sekisho.core;

/**
 * Knows who may act as the root user of another account. Implemented by IAM, asked by STS.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html#id_root-user-access-management">Centrally
 *     manage root access for member accounts</a>
 */
public interface RootAccess {

  /** What an organization can enable, each by itself. */
  enum Feature {
    /** Seeing, deleting and recovering the root users' own credentials. */
    CREDENTIALS_MANAGEMENT,
    /** Privileged tasks, such as unlocking a bucket whose policy shuts everybody out. */
    SESSIONS
  }

  /**
   * Whether the organization of both accounts has enabled the feature, and the caller's account
   * administers it there. The root user of the management account is nobody's to be.
   */
  boolean isGranted(AccountId caller, AccountId target, Feature feature);
}
