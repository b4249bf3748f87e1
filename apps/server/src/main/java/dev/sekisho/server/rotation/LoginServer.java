package dev.sekisho.server.rotation;

import dev.sekisho.core.Secret;
import dev.sekisho.secretsmanager.RotationFunctions.FailedException;

/** A kind of server whose users log in by passwords. Names and passwords may hold anything. */
interface LoginServer {

  /** What such a server calls itself in a secret's {@code engine}. */
  boolean isCalled(String engine);

  int usualPort();

  /** Whether the user may log in now. */
  boolean accepts(Login login) throws FailedException;

  /**
   * Gives a user another password.
   *
   * @param by the user itself, or another who may do it
   * @param of the user, with the password that is good until now
   */
  void changePassword(Login by, Login of, Secret password) throws FailedException;

  /**
   * Lets a user log in by this password; one that is not there is made with the rights of another.
   *
   * @param by a user who may do that
   */
  void provide(Login by, String user, Secret password, String like) throws FailedException;
}
