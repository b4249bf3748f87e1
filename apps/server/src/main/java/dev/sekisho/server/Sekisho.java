package dev.sekisho.server;

import dev.sekisho.core.MovableClock;
import dev.sekisho.ec2.RegionTable;
import dev.sekisho.wire.ApiPipeline;
import dev.sekisho.wire.Authentication;
import dev.sekisho.wire.audit.StoreLedger;
import dev.sekisho.wire.http.ApiServer;
import dev.sekisho.wire.http.HttpLimits;
import dev.sekisho.wire.http.LocalEndpoints;
import dev.sekisho.wire.routing.Router;
import dev.sekisho.wire.signature.FailedSignatures;
import dev.sekisho.wire.signature.SignatureVerifier;
import java.net.URI;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** A running Sekisho: everything wired from top to bottom. */
public final class Sekisho implements AutoCloseable {

  private final Platform platform;
  private final ApiServer server;
  private final Housekeeping housekeeping;
  private final URI address;

  private Sekisho(Platform platform, ApiServer server, Housekeeping housekeeping, URI address) {
    this.platform = platform;
    this.server = server;
    this.housekeeping = housekeeping;
    this.address = address;
  }

  /**
   * Starts.
   *
   * @throws dev.sekisho.store.StoreOpenException when the data folder cannot be used
   * @throws IllegalStateException when the port cannot be bound or the keyring not be opened
   */
  public static Sekisho start(Options options, InstantSource time) {
    Platform platform = Platform.open(options, time);
    try {
      CompletableFuture<URI> listening = new CompletableFuture<>();
      RootCredentials root = new RootCredentials(options, platform);
      root.provide();
      new TokenList(options.hardwareTokens(), platform).register();
      Services services = Services.on(options, platform, listening::join);
      Housekeeping housekeeping = new Housekeeping(services.chores());
      ApiServer server =
          new ApiServer(
              options.host(),
              options.port(),
              HttpLimits.USUAL,
              pipeline(options, platform, services),
              local(options, platform, services, root, housekeeping),
              platform.randomness());
      URI address = server.start();
      listening.complete(address);
      new ClientFiles(platform.folder().path()).config(options.region(), address);
      housekeeping.start();
      return new Sekisho(platform, server, housekeeping, address);
    } catch (RuntimeException failed) {
      platform.close();
      throw failed;
    }
  }

  private static ApiPipeline pipeline(Options options, Platform platform, Services services) {
    return new ApiPipeline(
        new Router(services.bindings()),
        new Authentication(
            new SignatureVerifier(services.principals(), platform.machineTime()),
            new FailedSignatures(platform.machineTime()),
            regions(),
            options.region()),
        services.authorizer(),
        new StoreLedger(platform.database(), platform.events()),
        platform.clock(),
        platform.randomness(),
        options.account());
  }

  private static Set<String> regions() {
    return RegionTable.regions().stream()
        .map(RegionTable.Entry::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static LocalEndpoints local(
      Options options,
      Platform platform,
      Services services,
      RootCredentials root,
      Housekeeping housekeeping) {
    LocalEndpoints always =
        new Health(services.bindings().stream().map(each -> each.model().id()).sorted().toList())
            .or(services.issuers());
    if (!options.dev()) {
      return always;
    }
    Reset reset = new Reset(platform.database(), platform.stamps(), Services.SCHEMAS);
    return always.or(
        new DevEndpoints(
            platform.clock(),
            () -> {
              reset.run();
              root.provide();
              new TokenList(options.hardwareTokens(), platform).register();
            },
            housekeeping::doAll));
  }

  /** Where it listens. */
  public URI address() {
    return address;
  }

  /** The clock everything goes by but the check of signatures, whose senders know no moved time. */
  public MovableClock clock() {
    return platform.clock();
  }

  /** Lets calls under way finish, then gives everything back. */
  @Override
  public void close() {
    server.close();
    housekeeping.close();
    platform.close();
  }
}
