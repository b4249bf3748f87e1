package dev.sekisho.organizations;

import dev.sekisho.core.AccountId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Accounts of this installation, also the first one, which is in no table until it joins. */
final class KnownAccounts {

  private KnownAccounts() {}

  /** An account that is known to exist, because it calls. */
  static Member of(Handle handle, AccountId account) {
    return MemberStore.find(handle, account.value()).orElseGet(() -> first(account));
  }

  /**
   * The account of that id, if there is one.
   *
   * @param home the installation's first account
   */
  static Optional<Member> find(Handle handle, String id, AccountId home) {
    return MemberStore.find(handle, id)
        .or(() -> home.value().equals(id) ? Optional.of(first(home)) : Optional.empty());
  }

  /** The account of that address, if there is one. */
  static Optional<Member> byEmail(Handle handle, String email, AccountId home) {
    Member first = first(home);
    return MemberStore.byEmail(handle, email)
        .or(() -> first.email().equalsIgnoreCase(email) ? Optional.of(first) : Optional.empty());
  }

  private static Member first(AccountId account) {
    return Member.standingAlone(account, "sekisho", "root@" + account + ".sekisho.invalid");
  }
}
