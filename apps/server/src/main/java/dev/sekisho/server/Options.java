package dev.sekisho.server;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Secret;
import dev.sekisho.ec2.RegionTable;
import dev.sekisho.iam.RootUser;
import dev.sekisho.kms.RequestQuotas;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param data the data folder
 * @param port 0 for any free one
 * @param account the account that is there from the start
 * @param dev whether the development mode's endpoints are there
 * @param rootKey the development mode's fixed root credentials
 * @param storage where the database and the keyring are
 * @param kmsQuotas how often accounts may call KMS; null when they may as often as they like
 * @param privateIssuers whether OpenID Connect issuers on loopback and private networks are called
 */
public record Options(
    Path data,
    String host,
    int port,
    String region,
    AccountId account,
    boolean dev,
    RootUser.@Nullable Credentials rootKey,
    Storage storage,
    @Nullable RequestQuotas kmsQuotas,
    boolean privateIssuers) {

  /** With everything in the data folder. */
  public Options(
      Path data,
      String host,
      int port,
      String region,
      AccountId account,
      boolean dev,
      RootUser.@Nullable Credentials rootKey) {
    this(data, host, port, region, account, dev, rootKey, Storage.IN_FOLDER, null, false);
  }

  /** What a start without options does. */
  public static Options usual() {
    return new Options(
        Path.of(".sekisho"),
        "127.0.0.1",
        4566,
        "us-east-1",
        new AccountId("000000000001"),
        false,
        null);
  }

  /**
   * Reads the arguments of {@code up}.
   *
   * @throws IllegalArgumentException with a message for the person, when one is unknown, lacks its
   *     value or does not fit
   */
  public static Options parse(List<String> arguments) {
    Options options = usual();
    for (int i = 0; i < arguments.size(); i++) {
      String name = arguments.get(i);
      if (name.equals("--dev")) {
        options = options.withDev();
        continue;
      }
      if (name.equals("--allow-private-issuers")) {
        options = options.withPrivateIssuers();
        continue;
      }
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(name + " is unknown or lacks its value");
      }
      options = options.with(name, arguments.get(++i));
    }
    options.check();
    return options;
  }

  private Options withDev() {
    return new Options(
        data, host, port, region, account, true, rootKey, storage, kmsQuotas, privateIssuers);
  }

  private Options with(String name, String value) {
    return switch (name) {
      case "--data" ->
          new Options(
              Path.of(value),
              host,
              port,
              region,
              account,
              dev,
              rootKey,
              storage,
              kmsQuotas,
              privateIssuers);
      case "--host" ->
          new Options(
              data, value, port, region, account, dev, rootKey, storage, kmsQuotas, privateIssuers);
      case "--port" ->
          new Options(
              data,
              host,
              port(value),
              region,
              account,
              dev,
              rootKey,
              storage,
              kmsQuotas,
              privateIssuers);
      case "--region" ->
          new Options(
              data,
              host,
              port,
              region(value),
              account,
              dev,
              rootKey,
              storage,
              kmsQuotas,
              privateIssuers);
      case "--account" ->
          new Options(
              data,
              host,
              port,
              region,
              new AccountId(value),
              dev,
              rootKey,
              storage,
              kmsQuotas,
              privateIssuers);
      case "--root-key" ->
          new Options(
              data,
              host,
              port,
              region,
              account,
              dev,
              rootKey(value),
              storage,
              kmsQuotas,
              privateIssuers);
      case "--database" -> with(storage.withDatabase(value));
      case "--database-password-file" -> with(storage.withPasswordFile(value));
      case "--kms-request-quotas" -> with(RequestQuotas.parse(value));
      case "--keyring" -> with(storage.withKeyring(value));
      default -> throw new IllegalArgumentException("unknown option " + name);
    };
  }

  /** The same with another storage. */
  public Options with(Storage other) {
    return new Options(
        data, host, port, region, account, dev, rootKey, other, kmsQuotas, privateIssuers);
  }

  /** The same with quotas of KMS. */
  public Options with(RequestQuotas quotas) {
    return new Options(
        data, host, port, region, account, dev, rootKey, storage, quotas, privateIssuers);
  }

  /** The same, with OpenID Connect issuers on loopback and private networks. */
  public Options withPrivateIssuers() {
    return new Options(data, host, port, region, account, dev, rootKey, storage, kmsQuotas, true);
  }

  private void check() {
    storage.check();
    if (rootKey != null && !dev) {
      throw new IllegalArgumentException("--root-key needs --dev");
    }
    if (dev && !isLoopback()) {
      throw new IllegalArgumentException("--dev listens on loopback only, not on " + host);
    }
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      throw new IllegalArgumentException("--host " + host + " is not an address of this machine");
    }
  }

  private static int port(String value) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      // The same refusal as for a number out of range.
    }
    throw new IllegalArgumentException("--port takes a number from 0 to 65535, not " + value);
  }

  private static String region(String value) {
    if (RegionTable.regions().stream().noneMatch(region -> region.name().equals(value))) {
      throw new IllegalArgumentException("--region " + value + " is not a region of AWS");
    }
    return value;
  }

  private static RootUser.Credentials rootKey(String value) {
    int colon = value.indexOf(':');
    if (colon < 16 || value.length() - colon - 1 < 16) {
      throw new IllegalArgumentException(
          "--root-key takes ID:SECRET, each of at least 16 characters");
    }
    return new RootUser.Credentials(
        value.substring(0, colon), Secret.of(value.substring(colon + 1)));
  }
}
