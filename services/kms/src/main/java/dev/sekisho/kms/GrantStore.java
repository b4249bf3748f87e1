package dev.sekisho.kms;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables of grants. */
final class GrantStore {

  private static final String EXACTLY = "EncryptionContextEquals";
  private static final String AT_LEAST = "EncryptionContextSubset";
  private static final String SELECT =
      "select id, account, region, key_id, name, created_at, grantee, grantee_service, retiring,"
          + " retiring_service, operations, source_arn, issuing from kms_grant";
  private static final String OF_KEY =
      " where account = :account and region = :region and key_id = :key";

  void insert(Transaction transaction, Grant grant) {
    Handle handle = StoreTransaction.handle(transaction);
    KeyStore.named(
            handle.createUpdate(
                "insert into kms_grant (id, account, region, key_id, name, created_at, grantee,"
                    + " grantee_service, retiring, retiring_service, operations, source_arn,"
                    + " issuing)"
                    + " values (:id, :account, :region, :key, :name, :created, :grantee,"
                    + " :granteeService, :retiring, :retiringService, :operations, :source, :issuing)"),
            grant.key())
        .bind("id", grant.id())
        .bind("name", grant.name())
        .bind("created", grant.createdAt().toEpochMilli())
        .bind("grantee", grant.grantee())
        .bind("granteeService", grant.granteeService())
        .bind("retiring", grant.retiring())
        .bind("retiringService", grant.retiringService())
        .bind("operations", String.join(",", grant.operations()))
        .bind("source", grant.limits().sourceArn())
        .bind("issuing", grant.issuing().value())
        .execute();
    insertPairs(handle, grant.id(), EXACTLY, grant.limits().exactly());
    insertPairs(handle, grant.id(), AT_LEAST, grant.limits().atLeast());
  }

  private static void insertPairs(
      Handle handle, String grantId, String type, Map<String, String> pairs) {
    pairs.forEach((key, value) ->
        handle
            .createUpdate(
                "insert into kms_grant_context (grant_id, constraint_type, context_key,"
                    + " context_value) values (:grant, :type, :key, :value)")
            .bind("grant", grantId)
            .bind("type", type)
            .bind("key", key)
            .bind("value", value)
            .execute());
  }

  Optional<Grant> find(Handle handle, KeyName key, String id) {
    return KeyStore.named(handle.createQuery(SELECT + OF_KEY + " and id = :id"), key)
        .bind("id", id)
        .map((row, _) -> grant(handle, row))
        .findOne();
  }

  List<Grant> of(Handle handle, KeyName key) {
    return KeyStore.named(handle.createQuery(SELECT + OF_KEY + " order by id"), key)
        .map((row, _) -> grant(handle, row))
        .list();
  }

  int count(Handle handle, KeyName key) {
    return KeyStore.named(handle.createQuery("select count(*) from kms_grant" + OF_KEY), key)
        .mapTo(Integer.class)
        .one();
  }

  /** The key's grants of the name. */
  List<Grant> named(Handle handle, KeyName key, String name) {
    return KeyStore.named(handle.createQuery(SELECT + OF_KEY + " and name = :name"), key)
        .bind("name", name)
        .map((row, _) -> grant(handle, row))
        .list();
  }

  /** One page of the key's grants, in the order of their ids. */
  List<Grant> page(Handle handle, KeyName key, Filter filter, String after, int limit) {
    return KeyStore.named(
            handle.createQuery(
                SELECT
                    + OF_KEY
                    + " and id > :after"
                    + " and (:id = '' or id = :id)"
                    + " and (:grantee = '' or grantee = :grantee)"
                    + " and (:service = '' or grantee_service = :service)"
                    + " order by id limit :limit"),
            key)
        .bind("after", after)
        .bind("id", filter.id())
        .bind("grantee", filter.grantee())
        .bind("service", filter.granteeService())
        .bind("limit", limit)
        .map((row, _) -> grant(handle, row))
        .list();
  }

  /**
   * One page of the grants of a Region that the principal may retire, in the order of their ids.
   */
  List<Grant> retirable(
      Handle handle, String region, String retiring, String service, String after, int limit) {
    return handle
        .createQuery(
            SELECT
                + " where region = :region and id > :after"
                + " and (:retiring = '' or retiring = :retiring)"
                + " and (:service = '' or retiring_service = :service)"
                + " order by id limit :limit")
        .bind("region", region)
        .bind("retiring", retiring)
        .bind("service", service)
        .bind("after", after)
        .bind("limit", limit)
        .map((row, _) -> grant(handle, row))
        .list();
  }

  void delete(Transaction transaction, String id) {
    Handle handle = StoreTransaction.handle(transaction);
    handle.execute("delete from kms_grant_context where grant_id = ?", id);
    handle.execute("delete from kms_grant where id = ?", id);
  }

  void deleteAll(Transaction transaction, KeyName key) {
    Handle handle = StoreTransaction.handle(transaction);
    KeyStore.named(
            handle.createUpdate(
                "delete from kms_grant_context where grant_id in (select id from kms_grant"
                    + OF_KEY
                    + ")"),
            key)
        .execute();
    KeyStore.named(handle.createUpdate("delete from kms_grant" + OF_KEY), key).execute();
  }

  private static Grant grant(Handle handle, ResultSet row) throws SQLException {
    String id = row.getString("id");
    Map<String, String> exactly = new HashMap<>();
    Map<String, String> atLeast = new HashMap<>();
    handle
        .createQuery(
            "select constraint_type, context_key, context_value from kms_grant_context"
                + " where grant_id = :grant")
        .bind("grant", id)
        .map((pair, _) ->
            (pair.getString("constraint_type").equals(EXACTLY) ? exactly : atLeast)
                .put(pair.getString("context_key"), pair.getString("context_value")))
        .stream()
        .forEach(_ -> {});
    return new Grant(
        id,
        new KeyName(
            new AccountId(row.getString("account")),
            row.getString("region"),
            row.getString("key_id")),
        new AccountId(requireNonNullElse(row.getString("issuing"), row.getString("account"))),
        row.getString("name"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getString("grantee"),
        row.getString("grantee_service"),
        row.getString("retiring"),
        row.getString("retiring_service"),
        List.of(row.getString("operations").split(",")),
        new GrantLimits(exactly, atLeast, row.getString("source_arn")));
  }

  /**
   * Which grants of a key; an empty text leaves its part open.
   *
   * @param grantee the ARN of a grantee principal
   */
  record Filter(String id, String grantee, String granteeService) {}
}
