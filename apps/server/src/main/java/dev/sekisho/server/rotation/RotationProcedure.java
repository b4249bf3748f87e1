package dev.sekisho.server.rotation;

import dev.sekisho.secretsmanager.RotationFunctions.FailedException;

/**
 * How secrets of one kind get a new value.
 *
 * <p>INVARIANT: each step may be done twice. The secret's current value stays good until the last
 * step is done, but where one user has one password: there {@code set} ends it.
 */
interface RotationProcedure {

  /** Makes the new value; nothing outside has it yet. */
  SecretDocument create(RotatingSecret secret, SecretDocument current) throws FailedException;

  /** Makes the new value good where it is used. */
  void set(RotatingSecret secret, SecretDocument pending) throws FailedException;

  /** Uses the value as a program would. */
  void test(RotatingSecret secret, SecretDocument value) throws FailedException;
}
