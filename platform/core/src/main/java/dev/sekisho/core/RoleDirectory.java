package dev.sekisho.core;

import java.time.Duration;
import java.util.Optional;

/** Finds the roles that sessions are made of. Implemented by IAM, used by STS. */
public interface RoleDirectory {

  /** The role as it is now. */
  Optional<Role> find(Arn arn);

  /**
   * A role that may be assumed by whom its trust policy allows.
   *
   * @param path starts and ends with a slash
   * @param id the unique id, {@code AROA…}
   * @param longestSession what a session may last at most
   */
  record Role(
      AccountId account,
      String path,
      String name,
      String id,
      String trustPolicy,
      Duration longestSession) {}
}
