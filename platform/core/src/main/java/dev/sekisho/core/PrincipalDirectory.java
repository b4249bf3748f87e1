package dev.sekisho.core;

/** Knows whom a policy can name. Implemented by IAM. */
public interface PrincipalDirectory {

  /**
   * Whether there is somebody of this ARN now: a user, a role, a session of a role that is there, a
   * federated user, or an account. No account is too foreign to be one.
   */
  boolean exists(Arn arn);
}
