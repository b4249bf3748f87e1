package dev.sekisho.policy;

import dev.sekisho.core.Principal;

/**
 * Which of a caller's own limits a resource policy's direct grant lifts, within one account. It
 * lifts the want of a yes only, never a no.
 */
record Lifted(boolean identity, boolean boundary, boolean session) {

  static final Lifted NOTHING = new Lifted(false, false, false);

  static Lifted by(Grant grant, Principal caller) {
    return switch (grant) {
      case NONE, ACCOUNT -> NOTHING;
      case ROLE -> new Lifted(true, false, false);
      case USER -> new Lifted(true, !(caller instanceof Principal.FederatedUser), false);
      case SESSION, EVERYONE -> new Lifted(true, true, true);
    };
  }
}
