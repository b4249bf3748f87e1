package dev.sekisho.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of OpenID Connect providers. */
final class OpenIdConnectStore {

  /**
   * A provider.
   *
   * @param id what its tags are kept under
   * @param issuer its URL without the scheme
   */
  record Provider(
      String id,
      AccountId account,
      String issuer,
      List<String> clientIds,
      List<String> thumbprints,
      Instant createdAt) {
    Arn arn() {
      return OpenIdConnectStore.arn(account, issuer);
    }

    Provider withClientIds(List<String> others) {
      return new Provider(id, account, issuer, others, thumbprints, createdAt);
    }

    Provider withThumbprints(List<String> others) {
      return new Provider(id, account, issuer, clientIds, others, createdAt);
    }
  }

  static final String ARN_PREFIX = "oidc-provider/";

  private static final ObjectMapper JSON = new ObjectMapper();

  private OpenIdConnectStore() {}

  static Arn arn(AccountId account, String issuer) {
    return Arn.of("iam", "", account.value(), ARN_PREFIX + issuer);
  }

  static Optional<Provider> find(Handle handle, AccountId account, String issuer) {
    return handle
        .createQuery(
            "select * from iam_oidc_provider where account = :account and issuer = :issuer")
        .bind("account", account.value())
        .bind("issuer", issuer)
        .map((row, _) -> provider(row))
        .findOne();
  }

  static List<Provider> list(Handle handle, AccountId account) {
    return handle
        .createQuery("select * from iam_oidc_provider where account = :account order by issuer")
        .bind("account", account.value())
        .map((row, _) -> provider(row))
        .list();
  }

  static void insert(Transaction transaction, Provider provider) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into iam_oidc_provider (id, account, issuer, client_ids, thumbprints,"
                + " created_at) values (:id, :account, :issuer, :clients, :thumbprints, :created)")
        .bind("id", provider.id())
        .bind("account", provider.account().value())
        .bind("issuer", provider.issuer())
        .bind("clients", json(provider.clientIds()))
        .bind("thumbprints", json(provider.thumbprints()))
        .bind("created", provider.createdAt().getEpochSecond())
        .execute();
  }

  /** Keeps the lists as they are now. */
  static void update(Transaction transaction, Provider provider) {
    StoreTransaction.handle(transaction)
        .execute(
            "update iam_oidc_provider set client_ids = ?, thumbprints = ? where id = ?",
            json(provider.clientIds()),
            json(provider.thumbprints()),
            provider.id());
  }

  static void delete(Transaction transaction, String id) {
    Handle handle = StoreTransaction.handle(transaction);
    handle.execute("delete from iam_tag where owner_id = ?", id);
    handle.execute("delete from iam_oidc_provider where id = ?", id);
  }

  private static Provider provider(ResultSet row) throws SQLException {
    return new Provider(
        row.getString("id"),
        new AccountId(row.getString("account")),
        row.getString("issuer"),
        list(row.getString("client_ids")),
        list(row.getString("thumbprints")),
        Instant.ofEpochSecond(row.getLong("created_at")));
  }

  private static String json(List<String> list) {
    try {
      return JSON.writeValueAsString(list);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("texts are JSON", impossible);
    }
  }

  private static List<String> list(String json) {
    try {
      return List.of(JSON.readValue(json, String[].class));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("the table holds JSON", impossible);
    }
  }
}
