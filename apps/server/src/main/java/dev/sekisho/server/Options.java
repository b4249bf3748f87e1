package dev.sekisho.server;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.DomainNames;
import dev.sekisho.core.Secret;
import dev.sekisho.ec2.RegionTable;
import dev.sekisho.iam.RootUser;
import dev.sekisho.kms.RequestQuotas;
import dev.sekisho.server.outside.DnsResolver;
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
 * @param hardwareTokens a file of serial numbers and seeds to register, if there is one
 * @param privateIssuers whether OpenID Connect issuers on loopback and private networks are called
 * @param audit how the event log is kept and delivered
 * @param functions where functions run that services call
 * @param names the resolver by which domains are proved
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
    @Nullable Path hardwareTokens,
    boolean privateIssuers,
    AuditOptions audit,
    FunctionOptions functions,
    DomainNames names) {

  /** With everything in the data folder. */
  public Options(
      Path data,
      String host,
      int port,
      String region,
      AccountId account,
      boolean dev,
      RootUser.@Nullable Credentials rootKey) {
    this(
        data,
        host,
        port,
        region,
        account,
        dev,
        rootKey,
        Storage.IN_FOLDER,
        null,
        null,
        false,
        AuditOptions.USUAL,
        FunctionOptions.NONE,
        DomainNames.NONE);
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
    Draft draft = new Draft(usual());
    for (int i = 0; i < arguments.size(); i++) {
      String name = arguments.get(i);
      switch (name) {
        case "--dev" -> draft.dev = true;
        case "--allow-private-issuers" -> draft.privateIssuers = true;
        default -> {
          if (i + 1 == arguments.size()) {
            throw new IllegalArgumentException(name + " is unknown or lacks its value");
          }
          draft.set(name, arguments.get(++i));
        }
      }
    }
    Options options = draft.options();
    options.check();
    return options;
  }

  /** Options on their way from one argument to the next. */
  private static final class Draft {
    private Path data;
    private String host;
    private int port;
    private String region;
    private AccountId account;
    private boolean dev;
    private RootUser.@Nullable Credentials rootKey;
    private Storage storage;
    private @Nullable RequestQuotas kmsQuotas;
    private @Nullable Path hardwareTokens;
    private boolean privateIssuers;
    private AuditOptions audit;
    private FunctionOptions functions;
    private DomainNames names;

    Draft(Options from) {
      data = from.data;
      host = from.host;
      port = from.port;
      region = from.region;
      account = from.account;
      dev = from.dev;
      rootKey = from.rootKey;
      storage = from.storage;
      kmsQuotas = from.kmsQuotas;
      hardwareTokens = from.hardwareTokens;
      privateIssuers = from.privateIssuers;
      audit = from.audit;
      functions = from.functions;
      names = from.names;
    }

    void set(String name, String value) {
      switch (name) {
        case "--data" -> data = Path.of(value);
        case "--host" -> host = value;
        case "--port" -> port = port(value);
        case "--region" -> region = region(value);
        case "--account" -> account = new AccountId(value);
        case "--root-key" -> rootKey = rootKey(value);
        case "--kms-request-quotas" -> kmsQuotas = RequestQuotas.parse(value);
        case "--dns-resolver" -> names = DnsResolver.parse(name, value);
        case "--hardware-tokens" -> hardwareTokens = Path.of(value);
        default -> setOfGroup(name, value);
      }
    }

    private void setOfGroup(String name, String value) {
      AuditOptions moreAudit = audit.with(name, value);
      FunctionOptions moreFunctions = functions.with(name, value);
      Storage moreStorage = storage.with(name, value);
      if (moreAudit != null) {
        audit = moreAudit;
      } else if (moreFunctions != null) {
        functions = moreFunctions;
      } else if (moreStorage != null) {
        storage = moreStorage;
      } else {
        throw new IllegalArgumentException("unknown option " + name);
      }
    }

    Options options() {
      return new Options(
          data,
          host,
          port,
          region,
          account,
          dev,
          rootKey,
          storage,
          kmsQuotas,
          hardwareTokens,
          privateIssuers,
          audit,
          functions,
          names);
    }
  }

  /** The same with hardware tokens to register. */
  public Options withHardwareTokens(Path file) {
    Draft draft = new Draft(this);
    draft.hardwareTokens = file;
    return draft.options();
  }

  /** The same with another storage. */
  public Options with(Storage other) {
    Draft draft = new Draft(this);
    draft.storage = other;
    return draft.options();
  }

  /** The same with quotas of KMS. */
  public Options with(RequestQuotas quotas) {
    Draft draft = new Draft(this);
    draft.kmsQuotas = quotas;
    return draft.options();
  }

  /** The same, with OpenID Connect issuers on loopback and private networks. */
  public Options withPrivateIssuers() {
    Draft draft = new Draft(this);
    draft.privateIssuers = true;
    return draft.options();
  }

  /** The same with functions elsewhere. */
  public Options with(FunctionOptions other) {
    Draft draft = new Draft(this);
    draft.functions = other;
    return draft.options();
  }

  /** The same with domains proved elsewhere. */
  public Options with(DomainNames other) {
    Draft draft = new Draft(this);
    draft.names = other;
    return draft.options();
  }

  /** The same with another way to keep and deliver the event log. */
  public Options with(AuditOptions other) {
    Draft draft = new Draft(this);
    draft.audit = other;
    return draft.options();
  }

  private void check() {
    storage.check();
    audit.check();
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
