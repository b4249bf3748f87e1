package dev.sekisho.iam;

import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.PageTokens;
import dev.sekisho.store.ChangeStamps;
import dev.sekisho.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** What every family of IAM's operations works with. */
public record IamContext(
    Database database,
    ChangeStamps stamps,
    Keyring keyring,
    PageTokens pages,
    UniqueIds ids,
    AccessHistory history,
    InstantSource clock) {

  /** IAM keeps times in whole seconds. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Tells every cache that IAM has changed, once the change is on disk. */
  void changed(Transaction transaction) {
    stamps.bump(transaction, IamPrincipals.TOPIC);
  }
}
