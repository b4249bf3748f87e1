package dev.sekisho.iam;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.AsymmetricKey;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.federation.oidc.TokenSigner;
import dev.sekisho.store.SealedColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The tables of accounts as issuers of tokens.
 *
 * <p>INVARIANT: a private key is sealed for its own id.
 */
final class OutboundFederationStore {

  /**
   * An account as an issuer.
   *
   * @param id what its documents are asked for by
   * @param url what tokens name it by
   */
  record Issuer(AccountId account, String id, String url, boolean enabled) {}

  private static final String PURPOSE = "iam/outbound-key/";

  /** What the keyring has sealed here. */
  static final SealedColumn SEALED =
      new SealedColumn("iam_outbound_key", "sealed_key", List.of("id"), PURPOSE, "id");

  private final Keyring keyring;

  OutboundFederationStore(Keyring keyring) {
    this.keyring = keyring;
  }

  static Optional<Issuer> find(Handle handle, AccountId account) {
    return handle
        .createQuery("select * from iam_outbound_federation where account = :account")
        .bind("account", account.value())
        .map((row, _) -> issuer(row))
        .findOne();
  }

  static Optional<Issuer> byId(Handle handle, String id) {
    return handle
        .createQuery("select * from iam_outbound_federation where issuer_id = :id")
        .bind("id", id)
        .map((row, _) -> issuer(row))
        .findOne();
  }

  static void setEnabled(Handle handle, AccountId account, boolean enabled) {
    handle.execute(
        "update iam_outbound_federation set enabled = ? where account = ?",
        enabled ? 1 : 0,
        account.value());
  }

  void insert(Handle handle, Issuer issuer, Map<TokenSigner, AsymmetricKey> keys) {
    handle.execute(
        "insert into iam_outbound_federation (account, issuer_id, issuer, enabled)"
            + " values (?, ?, ?, ?)",
        issuer.account().value(),
        issuer.id(),
        issuer.url(),
        issuer.enabled() ? 1 : 0);
    keys.forEach((signer, key) -> {
      String id = id(issuer.account(), signer);
      handle.execute(
          "insert into iam_outbound_key (id, account, key_id, sealed_key, public_key)"
              + " values (?, ?, ?, ?, ?)",
          id,
          issuer.account().value(),
          signer.keyId(),
          keyring.seal(PURPOSE + id, key.pkcs8().reveal()),
          key.subjectPublicKeyInfo().bytes());
    });
  }

  /** The private key as PKCS#8 in DER. */
  Optional<Secret> key(Handle handle, AccountId account, TokenSigner signer) {
    String id = id(account, signer);
    return handle
        .createQuery("select sealed_key from iam_outbound_key where id = :id")
        .bind("id", id)
        .mapTo(byte[].class)
        .findOne()
        .map(sealed -> Secret.of(keyring.open(PURPOSE + id, sealed)));
  }

  static Map<TokenSigner, Blob> publicKeys(Handle handle, AccountId account) {
    Map<TokenSigner, Blob> keys = new EnumMap<>(TokenSigner.class);
    for (TokenSigner signer : TokenSigner.values()) {
      handle
          .createQuery("select public_key from iam_outbound_key where id = :id")
          .bind("id", id(account, signer))
          .mapTo(byte[].class)
          .findOne()
          .ifPresent(key -> keys.put(signer, Blob.of(key)));
    }
    return keys;
  }

  private static String id(AccountId account, TokenSigner signer) {
    return account + "/" + signer.keyId();
  }

  private static Issuer issuer(ResultSet row) throws SQLException {
    return new Issuer(
        new AccountId(row.getString("account")),
        row.getString("issuer_id"),
        row.getString("issuer"),
        row.getInt("enabled") == 1);
  }
}
