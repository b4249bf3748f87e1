package dev.sekisho.iam;

import org.jdbi.v3.core.Handle;

/** What a user can have beside access keys, and must be rid of before it can be deleted. */
final class UserCredentials {

  private UserCredentials() {}

  static boolean any(Handle handle, String userId) {
    return handle
        .createQuery(
            "select exists (select 1 from iam_ssh_public_key where user_id = :id)"
                + " or exists (select 1 from iam_signing_certificate where user_id = :id)"
                + " or exists (select 1 from iam_service_credential where user_id = :id)")
        .bind("id", userId)
        .mapTo(Boolean.class)
        .one();
  }
}
