package dev.sekisho.iam;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Secret;
import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.iam.AccessKeyStore.AccessKey;
import dev.sekisho.store.ChangeStamps;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** The account's root user, who is there from the first start with one access key. */
public final class RootUser {

  /** An access key in full, as it is shown once. */
  public record Credentials(String accessKeyId, Secret secretAccessKey) {}

  private final Database database;
  private final ChangeStamps stamps;
  private final AccessKeyStore keys;
  private final InstantSource clock;

  public RootUser(Database database, ChangeStamps stamps, Keyring keyring, InstantSource clock) {
    this.database = database;
    this.stamps = stamps;
    this.keys = new AccessKeyStore(keyring);
    this.clock = clock;
  }

  /**
   * Makes sure that the root user has an access key.
   *
   * @param announce given the credentials of a new key, when there is none yet, before the key is
   *     kept
   */
  public void provide(AccountId account, UniqueIds ids, Consumer<Credentials> announce) {
    if (!database.read(handle -> keys.ofRoot(handle, account)).isEmpty()) {
      return;
    }
    Credentials made = new Credentials(ids.accessKey(account), Secret.of(ids.secretAccessKey()));
    database.write(transaction -> {
      // Another node may have been quicker since; its key is the one that counts.
      if (keys.ofRoot(StoreTransaction.handle(transaction), account).isEmpty()) {
        announce.accept(made);
        insert(transaction, account, made);
      }
      return made.accessKeyId();
    });
  }

  /** Makes these the root user's only credentials: the development mode's fixed key. */
  public void replace(AccountId account, Credentials credentials) {
    database.write(transaction -> {
      List<AccessKey> before = keys.ofRoot(StoreTransaction.handle(transaction), account);
      before.forEach(key -> keys.delete(transaction, key.id()));
      insert(transaction, account, credentials);
      return credentials.accessKeyId();
    });
  }

  private void insert(Transaction transaction, AccountId account, Credentials credentials) {
    keys.insert(
        transaction,
        new AccessKey(credentials.accessKeyId(), account, null, true, clock.instant()),
        credentials.secretAccessKey());
    stamps.bump(transaction, IamPrincipals.TOPIC);
  }
}
