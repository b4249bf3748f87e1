package dev.sekisho.server.rotation;

import dev.sekisho.secretsmanager.RotationFunctions.FailedException;
import java.util.Optional;
import java.util.Set;

/**
 * Passwords of a server's users.
 *
 * <p>A single user changes its own password, or has it changed by a user whose secret {@code
 * masterarn} names. Where a server knows one password a user, whoever holds the old one cannot log
 * in from then on until it reads the secret again. Alternating users have two names in turn, so
 * that the old one is good until the next rotation; the user of {@code masterarn} makes the second
 * and sets passwords.
 *
 * @param allowed the servers that may be connected to
 */
record PasswordRotation(LoginServer server, boolean alternating, Set<Target> allowed)
    implements RotationProcedure {

  private static final String CLONE = "_clone";

  @Override
  public SecretDocument create(RotatingSecret secret, SecretDocument current)
      throws FailedException {
    var _ = login(current);
    SecretDocument created = current.with("password", secret.password());
    return alternating ? created.with("username", other(current.text("username"))) : created;
  }

  private static String other(String user) {
    return user.endsWith(CLONE) ? user.substring(0, user.length() - CLONE.length()) : user + CLONE;
  }

  @Override
  public void set(RotatingSecret secret, SecretDocument pending) throws FailedException {
    Login wanted = login(pending);
    if (server.accepts(wanted)) {
      return;
    }
    Login current = login(secret.current());
    if (!wanted.target().equals(current.target())) {
      throw new FailedException("the new value names another server than the current one");
    }
    if (alternating) {
      alternate(secret, current, wanted);
    } else {
      change(secret, current, wanted);
    }
  }

  private void change(RotatingSecret secret, Login current, Login wanted) throws FailedException {
    requireUser(wanted, current.user());
    Login own = own(secret, current);
    String master = secret.current().textOrNull("masterarn");
    server.changePassword(
        master == null ? own : master(secret, master, current), own, wanted.password());
  }

  /** The user with a password that is still good: the one before, when somebody set it back. */
  private Login own(RotatingSecret secret, Login current) throws FailedException {
    if (server.accepts(current)) {
      return current;
    }
    Optional<SecretDocument> before = secret.previous();
    if (before.isPresent()) {
      Login previous = login(before.get());
      if (previous.user().equals(current.user())
          && previous.target().equals(current.target())
          && server.accepts(previous)) {
        return previous;
      }
    }
    throw new FailedException(
        "the user cannot log in at "
            + current.target()
            + " by the current value or the one before");
  }

  private void alternate(RotatingSecret secret, Login current, Login wanted)
      throws FailedException {
    requireUser(wanted, other(current.user()));
    if (!server.accepts(current)) {
      throw new FailedException(
          "the user cannot log in at " + current.target() + " by the current value");
    }
    Login master = master(secret, secret.current().text("masterarn"), current);
    server.provide(master, wanted.user(), wanted.password(), current.user());
  }

  private static void requireUser(Login wanted, String user) throws FailedException {
    if (!wanted.user().equals(user)) {
      throw new FailedException("the new value is another user's than this rotation is for");
    }
  }

  private Login master(RotatingSecret secret, String arn, Login current) throws FailedException {
    Login master = login(secret.value(arn));
    if (!master.target().equals(current.target())) {
      throw new FailedException("the secret " + arn + " is for another server");
    }
    return master;
  }

  @Override
  public void test(RotatingSecret secret, SecretDocument value) throws FailedException {
    Login login = login(value);
    if (!server.accepts(login)) {
      throw new FailedException("the user cannot log in at " + login.target());
    }
  }

  private Login login(SecretDocument value) throws FailedException {
    String engine = value.text("engine");
    if (!server.isCalled(engine)) {
      throw new FailedException("this function is not for the engine that the secret names");
    }
    Login login = Login.of(value, server.usualPort());
    if (!allowed.contains(login.target())) {
      throw new FailedException(
          login.target() + " is not a server that functions may connect to (--rotation-target)");
    }
    return login;
  }
}
