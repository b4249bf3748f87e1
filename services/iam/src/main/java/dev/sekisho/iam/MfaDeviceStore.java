package dev.sekisho.iam;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.store.SealedColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The table of MFA devices.
 *
 * <p>INVARIANT: a seed is sealed for its own serial number, so that a row's seed opens in that row
 * only.
 */
final class MfaDeviceStore {

  private static final String COLUMNS =
      "select serial, account, kind, owner_id, created_at, enabled_at, drift, last_step"
          + " from iam_mfa_device";

  private static final String PURPOSE = "iam/mfa-device/";

  /** What the keyring has sealed here. */
  static final SealedColumn SEALED =
      new SealedColumn("iam_mfa_device", "sealed_seed", List.of("serial"), PURPOSE, "serial");

  private final Keyring keyring;

  MfaDeviceStore(Keyring keyring) {
    this.keyring = keyring;
  }

  /** A device that shows codes, and that nobody has enabled yet. */
  void insert(Handle handle, MfaDevice device, Secret seed) {
    insert(handle, device, keyring.seal(purpose(device.serial()), seed.reveal()));
  }

  /** A security key, which has no seed. */
  static void insertKey(Handle handle, MfaDevice device) {
    insert(handle, device, (byte[]) null);
  }

  private static void insert(Handle handle, MfaDevice device, byte @Nullable [] sealedSeed) {
    AccountId account = device.account();
    handle
        .createUpdate(
            "insert into iam_mfa_device (serial, account, kind, sealed_seed, owner_id, created_at,"
                + " enabled_at, drift, last_step) values (:serial, :account, :kind, :seed, :owner,"
                + " :created, :enabled, 0, -1)")
        .bind("serial", device.serial())
        .bind("account", account == null ? null : account.value())
        .bind("kind", device.kind().name())
        .bind("seed", sealedSeed)
        .bind("owner", device.ownerId())
        .bind("created", device.createdAt().getEpochSecond())
        .bind("enabled", seconds(device.enabledAt()))
        .execute();
  }

  static Optional<MfaDevice> find(Handle handle, String serial) {
    return handle
        .createQuery(COLUMNS + " where serial = :serial")
        .bind("serial", serial)
        .map((row, _) -> device(row))
        .findOne();
  }

  static List<MfaDevice> ofOwner(Handle handle, String ownerId) {
    return handle
        .createQuery(COLUMNS + " where owner_id = :owner order by serial")
        .bind("owner", ownerId)
        .map((row, _) -> device(row))
        .list();
  }

  static List<MfaDevice> ofAccount(Handle handle, AccountId account) {
    return handle
        .createQuery(COLUMNS + " where account = :account order by serial")
        .bind("account", account.value())
        .map((row, _) -> device(row))
        .list();
  }

  /**
   * The account's device by its serial number.
   *
   * @throws dev.sekisho.core.ServiceException NoSuchEntity
   */
  static MfaDevice requireVirtual(Handle handle, AccountId account, String serial) {
    return find(handle, serial)
        .filter(
            device -> device.kind() == MfaDevice.Kind.VIRTUAL && account.equals(device.account()))
        .orElseThrow(() ->
            IamErrors.noSuchEntity(
                "VirtualMFADevice with serial number " + serial + " doesn't exist."));
  }

  /** The seed of a device that shows codes. */
  Secret seed(Handle handle, String serial) {
    byte[] sealed =
        handle
            .createQuery("select sealed_seed from iam_mfa_device where serial = :serial")
            .bind("serial", serial)
            .mapTo(byte[].class)
            .one();
    return Secret.of(keyring.open(purpose(serial), sealed));
  }

  /** Uses up the codes up to the step, and keeps how far the device's clock is from ours. */
  static void use(Handle handle, String serial, long step, long drift) {
    handle.execute(
        "update iam_mfa_device set last_step = ?, drift = ? where serial = ?", step, drift, serial);
  }

  static void assign(
      Handle handle, String serial, AccountId account, String ownerId, Instant time) {
    handle.execute(
        "update iam_mfa_device set account = ?, owner_id = ?, enabled_at = ? where serial = ?",
        account.value(),
        ownerId,
        time.getEpochSecond(),
        serial);
  }

  /** Takes the device from its owner. A security key goes for good, a hardware token is free. */
  static void release(Handle handle, MfaDevice device) {
    switch (device.kind()) {
      case SECURITY_KEY -> {
        handle.execute("delete from iam_security_key where serial = ?", device.serial());
        delete(handle, device.serial());
      }
      case VIRTUAL ->
          handle.execute(
              "update iam_mfa_device set owner_id = null, enabled_at = null where serial = ?",
              device.serial());
      case HARDWARE ->
          handle.execute(
              "update iam_mfa_device set account = null, owner_id = null, enabled_at = null"
                  + " where serial = ?",
              device.serial());
    }
  }

  static void delete(Handle handle, String serial) {
    handle.execute("delete from iam_tag where owner_id = ?", serial);
    handle.execute("delete from iam_mfa_device where serial = ?", serial);
  }

  private static String purpose(String serial) {
    return PURPOSE + serial;
  }

  private static @Nullable Long seconds(@Nullable Instant time) {
    return time == null ? null : time.getEpochSecond();
  }

  private static MfaDevice device(ResultSet row) throws SQLException {
    String account = row.getString("account");
    long enabled = row.getLong("enabled_at");
    Instant enabledAt = row.wasNull() ? null : Instant.ofEpochSecond(enabled);
    return new MfaDevice(
        row.getString("serial"),
        account == null ? null : new AccountId(account),
        MfaDevice.Kind.valueOf(row.getString("kind")),
        row.getString("owner_id"),
        Instant.ofEpochSecond(row.getLong("created_at")),
        enabledAt,
        row.getLong("drift"),
        row.getLong("last_step"));
  }
}
