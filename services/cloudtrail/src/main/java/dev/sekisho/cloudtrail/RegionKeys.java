package dev.sekisho.cloudtrail;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Secret;
import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.AsymmetricKey;
import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.crypto.KeyPairs;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.MessageType;
import dev.sekisho.crypto.Signatures;
import dev.sekisho.crypto.SigningAlgorithm;
import dev.sekisho.store.Database;
import dev.sekisho.store.SealedColumn;
import dev.sekisho.store.StoreTransaction;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The keys by which CloudTrail signs in each Region, made when a Region first needs one. */
final class RegionKeys {

  private static final String PURPOSE = "cloudtrail/key/";

  /** What the keyring has sealed here. */
  static final SealedColumn SEALED =
      new SealedColumn(
          "cloudtrail_key", "sealed_key", List.of("fingerprint"), PURPOSE, "fingerprint");

  private static final Duration VALID = Duration.ofDays(365);
  private static final Duration LEFT = Duration.ofDays(7);

  /** A key whose private half is at hand. */
  record RegionKey(String fingerprint, AsymmetricKey pair) {

    byte[] sign(byte[] message) {
      return Signatures.sign(
          pair, SigningAlgorithm.RSASSA_PKCS1_V1_5_SHA_256, MessageType.RAW, message);
    }
  }

  /** A key as everybody may see it. */
  record Shown(String fingerprint, Blob pkcs1, Instant from, Instant to) {}

  private record Row(String fingerprint, byte[] publicKey, byte[] sealed) {}

  private final Database database;
  private final Keyring keyring;

  RegionKeys(Database database, Keyring keyring) {
    this.database = database;
    this.keyring = keyring;
  }

  /** The key that signs in the Region now. */
  RegionKey current(String region, Instant now) {
    Optional<Row> known = database.read(handle -> find(handle, region, now));
    if (known.isPresent()) {
      return opened(known.get());
    }
    AsymmetricKey made = KeyPairs.generate(KeyPairSpec.RSA_2048);
    return opened(database.write(transaction -> provide(transaction, region, now, made)));
  }

  private static Optional<Row> find(Handle handle, String region, Instant now) {
    return handle
        .createQuery(
            "select fingerprint, public_key, sealed_key from cloudtrail_key where region = :region"
                + " and valid_from <= :now and valid_to > :left"
                + " order by valid_to desc, fingerprint limit 1")
        .bind("region", region)
        .bind("now", now.toEpochMilli())
        .bind("left", now.plus(LEFT).toEpochMilli())
        .map((row, _) -> new Row(row.getString(1), row.getBytes(2), row.getBytes(3)))
        .findOne();
  }

  /** Another node may have made the Region's key in the meantime. */
  private Row provide(Transaction transaction, String region, Instant now, AsymmetricKey made) {
    Handle handle = StoreTransaction.handle(transaction);
    return find(handle, region, now)
        .orElseGet(() -> {
          String fingerprint = fingerprint(KeyPairs.pkcs1(made.subjectPublicKeyInfo()));
          byte[] pkcs8 = made.pkcs8().reveal();
          byte[] sealed = keyring.seal(PURPOSE + fingerprint, pkcs8);
          Arrays.fill(pkcs8, (byte) 0);
          byte[] publicKey = made.subjectPublicKeyInfo().bytes();
          // From an hour before, so that it is valid at the beginning of the first digest's period.
          handle.execute(
              "insert into cloudtrail_key (fingerprint, region, public_key, sealed_key, valid_from,"
                  + " valid_to) values (?, ?, ?, ?, ?, ?)",
              fingerprint,
              region,
              publicKey,
              sealed,
              now.minus(Duration.ofHours(1)).toEpochMilli(),
              now.plus(VALID).toEpochMilli());
          return new Row(fingerprint, publicKey, sealed);
        });
  }

  private RegionKey opened(Row row) {
    byte[] pkcs8 = keyring.open(PURPOSE + row.fingerprint(), row.sealed());
    try {
      return new RegionKey(
          row.fingerprint(),
          KeyPairs.read(KeyPairSpec.RSA_2048, Secret.of(pkcs8), Blob.of(row.publicKey())));
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  /** AWS names a key by the MD5 of its PKCS#1 form; it protects nothing. */
  private static String fingerprint(Blob pkcs1) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(pkcs1.bytes()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("MD5 is part of every JDK", impossible);
    }
  }

  /** The Region's keys that are valid at some time of the range. */
  static List<Shown> valid(Handle handle, String region, Instant from, Instant to) {
    return handle
        .createQuery(
            "select fingerprint, public_key, valid_from, valid_to from cloudtrail_key"
                + " where region = :region and valid_from <= :to and valid_to >= :from"
                + " order by valid_from, fingerprint")
        .bind("region", region)
        .bind("from", from.toEpochMilli())
        .bind("to", to.toEpochMilli())
        .map((row, _) ->
            new Shown(
                row.getString(1),
                KeyPairs.pkcs1(Blob.of(row.getBytes(2))),
                Instant.ofEpochMilli(row.getLong(3)),
                Instant.ofEpochMilli(row.getLong(4))))
        .list();
  }
}
