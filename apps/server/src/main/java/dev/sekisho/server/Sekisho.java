package dev.sekisho.server;

import dev.sekisho.core.MovableClock;
import dev.sekisho.ec2.RegionTable;
import dev.sekisho.events.EventRetention;
import dev.sekisho.events.EventSealing;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A running Sekisho: everything wired from top to bottom. */
public final class Sekisho implements AutoCloseable {

  private final Platform platform;
  private final ApiServer server;
  private final Services services;
  private final List<Housekeeping> housekeeping;
  private final URI address;

  private Sekisho(
      Platform platform,
      ApiServer server,
      Services services,
      List<Housekeeping> housekeeping,
      URI address) {
    this.platform = platform;
    this.server = server;
    this.services = services;
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
      List<Housekeeping> housekeeping = housekeeping(options, platform, services);
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
      housekeeping.forEach(Housekeeping::start);
      return new Sekisho(platform, server, services, housekeeping, address);
    } catch (RuntimeException failed) {
      platform.close();
      throw failed;
    }
  }

  /** Each by itself, for a bucket that is slow must not keep other work waiting. */
  private static List<Housekeeping> housekeeping(
      Options options, Platform platform, Services services) {
    Housekeeping.Chore delivery =
        new Housekeeping.Chore("deliver what trails have taken", services.trails()::deliver);
    return List.of(
        new Housekeeping(services.chores(), Duration.ofSeconds(30)),
        new Housekeeping(List.of(delivery), Duration.ofSeconds(1)),
        new Housekeeping(
            List.of(new Housekeeping.Chore("rotate secrets", services.secrets()::rotate)),
            Duration.ofSeconds(1)),
        new Housekeeping(logChores(options, platform), Duration.ofSeconds(5)));
  }

  private static List<Housekeeping.Chore> logChores(Options options, Platform platform) {
    EventSealing sealing = new EventSealing(platform.database());
    EventRetention retention =
        new EventRetention(
            platform.database(),
            platform.events(),
            platform.randomness(),
            options.audit().kept(),
            options.audit().ceiling());
    return List.of(
        new Housekeeping.Chore(
            "compress old events", () -> sealing.run(platform.clock().instant())),
        new Housekeeping.Chore(
            "let old events go", () -> retention.run(platform.clock().instant())));
  }

  private static ApiPipeline pipeline(Options options, Platform platform, Services services) {
    return new ApiPipeline(
        new Router(services.bindings()),
        new Authentication(
            new SignatureVerifier(services.principals(), platform.machineTime()),
            new FailedSignatures(platform.machineTime()),
            RegionTable.names(),
            options.region()),
        services.authorizer(),
        new StoreLedger(platform.database(), platform.events()),
        platform.clock(),
        platform.randomness(),
        options.account());
  }

  private static LocalEndpoints local(
      Options options,
      Platform platform,
      Services services,
      RootCredentials root,
      List<Housekeeping> housekeeping) {
    LocalEndpoints always =
        new Health(services.bindings().stream().map(each -> each.model().id()).sorted().toList())
            .or(services.issuers())
            .or(services.certificates());
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
            () -> housekeeping.forEach(Housekeeping::doAll)));
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
    housekeeping.forEach(Housekeeping::close);
    services.trails().close();
    platform.close();
  }
}
