package dev.sekisho.s3;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Secret;
import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.store.SealedColumn;
import dev.sekisho.store.StoreTransaction;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of the keys that objects are sealed with, each sealed by the keyring or by KMS. */
final class ContentKeys {

  private static final String PURPOSE = "s3/content/";

  /** What the keyring has sealed. */
  static final List<SealedColumn> SEALED =
      List.of(
          new SealedColumn("s3_content", "root_sealed", List.of("content"), PURPOSE, "content"));

  /**
   * A key as it is kept: sealed by one of both.
   *
   * @param byRoot by the keyring
   */
  record SealedKey(byte @Nullable [] byRoot, byte @Nullable [] byKms) {}

  private final Keyring keyring;

  ContentKeys(Keyring keyring) {
    this.keyring = keyring;
  }

  /** Seals a key for the content by the keyring. */
  SealedKey seal(String content, Secret key) {
    byte[] revealed = key.reveal();
    try {
      return new SealedKey(keyring.seal(PURPOSE + content, revealed), null);
    } finally {
      Arrays.fill(revealed, (byte) 0);
    }
  }

  /** A key that KMS has sealed. */
  static SealedKey sealedByKms(Blob ciphertext) {
    return new SealedKey(null, ciphertext.bytes());
  }

  /** Opens what {@link #seal} sealed. */
  Secret open(String content, SealedKey sealed) {
    byte[] byRoot = sealed.byRoot();
    if (byRoot == null) {
      throw new IllegalStateException("KMS has sealed this key");
    }
    byte[] revealed = keyring.open(PURPOSE + content, byRoot);
    try {
      return Secret.of(revealed);
    } finally {
      Arrays.fill(revealed, (byte) 0);
    }
  }

  SealedKey find(Handle handle, String content) {
    return handle
        .createQuery("select root_sealed, kms_sealed from s3_content where content = :content")
        .bind("content", content)
        .map((row, _) -> new SealedKey(row.getBytes("root_sealed"), row.getBytes("kms_sealed")))
        .one();
  }

  void insert(Transaction transaction, String content, SealedKey key) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into s3_content (content, root_sealed, kms_sealed)"
                + " values (:content, :root, :kms)")
        .bind("content", content)
        .bind("root", key.byRoot())
        .bind("kms", key.byKms())
        .execute();
  }

  void delete(Transaction transaction, String content) {
    StoreTransaction.handle(transaction)
        .execute("delete from s3_content where content = ?", content);
  }
}
