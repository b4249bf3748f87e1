package dev.sekisho.iam;

import dev.sekisho.core.Call;
import dev.sekisho.core.Principal;
import org.jspecify.annotations.Nullable;

/** Which user a call is about when it may leave the name out: then the caller itself. */
final class CallingUser {

  private CallingUser() {}

  /**
   * The named user's name, or the caller's.
   *
   * @throws dev.sekisho.core.ServiceException ValidationError when none is named and the caller is
   *     not a user
   */
  static String nameOr(@Nullable String name, Call<?> call) {
    if (name != null) {
      return name;
    }
    if (call.context().caller().principal() instanceof Principal.User user) {
      return user.name();
    }
    throw IamErrors.validation("Must specify userName when calling with non-User credentials");
  }
}
