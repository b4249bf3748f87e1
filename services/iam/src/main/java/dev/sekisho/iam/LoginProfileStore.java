package dev.sekisho.iam;

import dev.sekisho.core.AccountId;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.store.SealedColumn;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The tables of login profiles and of the passwords that were.
 *
 * <p>INVARIANT: of a password only its hash is kept, and the hash is sealed for its row: who has
 * the database alone cannot even begin to guess.
 */
final class LoginProfileStore {

  /** AWS remembers no more, whatever the policy says. */
  static final int REMEMBERED = 24;

  /**
   * A login profile without its password.
   *
   * @param ownerId a user's unique id, or the account's number for its root user
   * @param changedAt when the password was set
   * @param usedAt when somebody last signed in with it
   * @param usedFrom from which address
   */
  record Profile(
      String ownerId,
      boolean resetRequired,
      Instant createdAt,
      Instant changedAt,
      @Nullable Instant usedAt,
      @Nullable String usedFrom) {}

  private static final String PURPOSE = "iam/login-profile/";
  private static final String PAST_PURPOSE = "iam/past-password/";

  /** What the keyring has sealed here. */
  static final List<SealedColumn> SEALED =
      List.of(
          new SealedColumn(
              "iam_login_profile", "sealed_hash", List.of("owner_id"), PURPOSE, "owner_id"),
          new SealedColumn("iam_past_password", "sealed_hash", List.of("id"), PAST_PURPOSE, "id"));

  private final Keyring keyring;

  LoginProfileStore(Keyring keyring) {
    this.keyring = keyring;
  }

  static Optional<Profile> find(Handle handle, String ownerId) {
    return handle
        .createQuery(
            "select owner_id, reset_required, created_at, changed_at, used_at, used_from"
                + " from iam_login_profile where owner_id = :owner")
        .bind("owner", ownerId)
        .map((row, _) -> profile(row))
        .findOne();
  }

  /** When the owner last signed in with its password, if it has one and did. */
  static @Nullable Instant usedAt(Handle handle, String ownerId) {
    return find(handle, ownerId).map(Profile::usedAt).orElse(null);
  }

  /** When the account's users last signed in, by unique id; without those who never did. */
  static Map<String, Instant> usedAt(Handle handle, AccountId account) {
    Map<String, Instant> used = new HashMap<>();
    handle
        .createQuery(
            "select owner_id, used_at from iam_login_profile where used_at is not null"
                + " and owner_id in (select id from iam_user where account = :account)")
        .bind("account", account.value())
        .map((row, _) ->
            Map.entry(row.getString("owner_id"), Instant.ofEpochSecond(row.getLong("used_at"))))
        .forEach(each -> used.put(each.getKey(), each.getValue()));
    return used;
  }

  /** The hash of the present password. */
  Optional<String> hash(Handle handle, String ownerId) {
    return handle
        .createQuery("select sealed_hash from iam_login_profile where owner_id = :owner")
        .bind("owner", ownerId)
        .mapTo(byte[].class)
        .findOne()
        .map(sealed -> text(keyring.open(purpose(ownerId), sealed)));
  }

  /** The hashes of the owner's last passwords, the present one first. */
  List<String> past(Handle handle, String ownerId, int count) {
    return handle
        .createQuery(
            "select number, sealed_hash from iam_past_password where owner_id = :owner"
                + " order by number desc limit :count")
        .bind("owner", ownerId)
        .bind("count", count)
        .map((row, _) ->
            text(
                keyring.open(
                    PAST_PURPOSE + pastId(ownerId, row.getLong("number")),
                    row.getBytes("sealed_hash"))))
        .list();
  }

  void insert(Handle handle, String ownerId, String hash, boolean resetRequired, Instant now) {
    handle
        .createUpdate(
            "insert into iam_login_profile (owner_id, sealed_hash, reset_required, created_at,"
                + " changed_at) values (:owner, :hash, :reset, :now, :now)")
        .bind("owner", ownerId)
        .bind("hash", seal(purpose(ownerId), hash))
        .bind("reset", resetRequired ? 1 : 0)
        .bind("now", now.getEpochSecond())
        .execute();
    remember(handle, ownerId, hash);
  }

  void setPassword(Handle handle, String ownerId, String hash, Instant now) {
    handle
        .createUpdate(
            "update iam_login_profile set sealed_hash = :hash, changed_at = :now"
                + " where owner_id = :owner")
        .bind("owner", ownerId)
        .bind("hash", seal(purpose(ownerId), hash))
        .bind("now", now.getEpochSecond())
        .execute();
    remember(handle, ownerId, hash);
  }

  static void setResetRequired(Handle handle, String ownerId, boolean required) {
    handle.execute(
        "update iam_login_profile set reset_required = ? where owner_id = ?",
        required ? 1 : 0,
        ownerId);
  }

  static void used(Handle handle, String ownerId, Instant at, String from) {
    handle.execute(
        "update iam_login_profile set used_at = ?, used_from = ? where owner_id = ?",
        at.getEpochSecond(),
        from,
        ownerId);
  }

  static void delete(Handle handle, String ownerId) {
    handle.execute("delete from iam_past_password where owner_id = ?", ownerId);
    handle.execute("delete from iam_login_profile where owner_id = ?", ownerId);
  }

  private void remember(Handle handle, String ownerId, String hash) {
    long number =
        handle
            .createQuery(
                "select coalesce(max(number), 0) + 1 from iam_past_password"
                    + " where owner_id = :owner")
            .bind("owner", ownerId)
            .mapTo(Long.class)
            .one();
    handle.execute(
        "insert into iam_past_password (id, owner_id, number, sealed_hash) values (?, ?, ?, ?)",
        pastId(ownerId, number),
        ownerId,
        number,
        seal(PAST_PURPOSE + pastId(ownerId, number), hash));
    handle.execute(
        "delete from iam_past_password where owner_id = ? and number <= ?",
        ownerId,
        number - REMEMBERED);
  }

  private byte[] seal(String purpose, String hash) {
    return keyring.seal(purpose, hash.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String purpose(String ownerId) {
    return PURPOSE + ownerId;
  }

  private static String pastId(String ownerId, long number) {
    return ownerId + "/" + number;
  }

  private static Profile profile(ResultSet row) throws SQLException {
    long used = row.getLong("used_at");
    Instant usedAt = row.wasNull() ? null : Instant.ofEpochSecond(used);
    return new Profile(
        row.getString("owner_id"),
        row.getInt("reset_required") == 1,
        Instant.ofEpochSecond(row.getLong("created_at")),
        Instant.ofEpochSecond(row.getLong("changed_at")),
        usedAt,
        row.getString("used_from"));
  }
}
