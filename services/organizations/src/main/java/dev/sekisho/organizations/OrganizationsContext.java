package dev.sekisho.organizations;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.AccountRoles;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.PageTokens;
import dev.sekisho.store.ChangeStamps;
import dev.sekisho.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * What every family of Organizations' operations works with.
 *
 * @param decisions the topic that decisions are cached under
 * @param home the account that is there from the first start, in no table until it joins something
 */
public record OrganizationsContext(
    Database database,
    ChangeStamps stamps,
    String decisions,
    PageTokens pages,
    Randomness randomness,
    InstantSource clock,
    AccountId home,
    AccountRoles roles) {

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Makes every decision look again, once the change is on disk. */
  void changed(Transaction transaction) {
    stamps.bump(transaction, decisions);
  }

  /** Gives an account that joins the role by which Organizations does its work there. */
  void provideOwnRole(Transaction transaction, AccountId account) {
    roles.provideServiceLinked(transaction, account, "organizations.amazonaws.com");
  }
}
