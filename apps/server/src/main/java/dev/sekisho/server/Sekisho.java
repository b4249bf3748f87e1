package dev.sekisho.server;

import dev.sekisho.contract.kms.KmsModel;
import dev.sekisho.contract.sts.StsModel;
import dev.sekisho.core.MovableClock;
import dev.sekisho.core.Randomness;
import dev.sekisho.crypto.FileKeyring;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.events.EventLog;
import dev.sekisho.iam.IamPrincipals;
import dev.sekisho.iam.RootUser;
import dev.sekisho.iam.UniqueIds;
import dev.sekisho.kms.KmsService;
import dev.sekisho.store.ChangeStamps;
import dev.sekisho.store.DataFolder;
import dev.sekisho.store.SqliteDatabase;
import dev.sekisho.sts.StsService;
import dev.sekisho.wire.ApiPipeline;
import dev.sekisho.wire.Authentication;
import dev.sekisho.wire.ServiceBinding;
import dev.sekisho.wire.ServiceRules;
import dev.sekisho.wire.audit.StoreLedger;
import dev.sekisho.wire.http.ApiServer;
import dev.sekisho.wire.http.HttpLimits;
import dev.sekisho.wire.routing.Router;
import dev.sekisho.wire.signature.SignatureVerifier;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A running Sekisho: everything wired from top to bottom. */
public final class Sekisho implements AutoCloseable {

  private final DataFolder folder;
  private final SqliteDatabase database;
  private final ApiServer server;
  private final URI address;
  private final MovableClock clock;

  private Sekisho(
      DataFolder folder,
      SqliteDatabase database,
      ApiServer server,
      URI address,
      MovableClock clock) {
    this.folder = folder;
    this.database = database;
    this.server = server;
    this.address = address;
    this.clock = clock;
  }

  /**
   * Starts.
   *
   * @throws dev.sekisho.store.StoreOpenException when the data folder cannot be used
   * @throws IllegalStateException when the port cannot be bound or the keyring not be opened
   */
  public static Sekisho start(Options options, InstantSource time) {
    DataFolder folder = DataFolder.take(options.data());
    try {
      Path data = folder.path();
      Randomness randomness = Randomness.system();
      Keyring keyring = FileKeyring.open(data.resolve("keyring"), randomness);
      SqliteDatabase database =
          SqliteDatabase.open(
              data.resolve("sekisho.db"),
              List.of(EventLog.SCHEMA, IamPrincipals.SCHEMA, KmsService.SCHEMA));
      try {
        return start(options, time, folder, randomness, keyring, database);
      } catch (RuntimeException failed) {
        database.close();
        throw failed;
      }
    } catch (RuntimeException failed) {
      folder.close();
      throw failed;
    }
  }

  private static Sekisho start(
      Options options,
      InstantSource time,
      DataFolder folder,
      Randomness randomness,
      Keyring keyring,
      SqliteDatabase database) {
    MovableClock clock = new MovableClock(time);
    ChangeStamps stamps = new ChangeStamps();
    EventLog events = new EventLog(database);
    IamPrincipals principals = new IamPrincipals(database, stamps, keyring);
    RootUser root = new RootUser(database, stamps, keyring, clock);
    Optional<RootUser.Credentials> made = provideRoot(options, root, randomness);

    List<ServiceBinding<?>> services =
        List.of(
            new ServiceBinding<>(StsModel.SERVICE, new StsService(), ServiceRules.USUAL),
            new ServiceBinding<>(
                KmsModel.SERVICE,
                new KmsService(database, stamps, keyring, randomness),
                ServiceRules.USUAL.withClockWindow(Duration.ofMinutes(5))));
    ApiPipeline pipeline =
        new ApiPipeline(
            new Router(services),
            new Authentication(
                new SignatureVerifier(principals, time), Regions.NAMES, options.region()),
            new RootOnlyAuthorizer(),
            new StoreLedger(database, events),
            clock,
            randomness,
            options.account());
    ApiServer server =
        new ApiServer(
            options.host(),
            options.port(),
            HttpLimits.USUAL,
            pipeline,
            new Health(services.stream().map(each -> each.model().id()).sorted().toList()),
            randomness);
    URI address = server.start();
    new ClientFiles(folder.path()).write(options.region(), address, made);
    return new Sekisho(folder, database, server, address, clock);
  }

  private static Optional<RootUser.Credentials> provideRoot(
      Options options, RootUser root, Randomness randomness) {
    if (options.rootKey() != null) {
      root.replace(options.account(), options.rootKey());
      return Optional.of(options.rootKey());
    }
    return root.provide(options.account(), new UniqueIds(randomness));
  }

  /** Where it listens. */
  public URI address() {
    return address;
  }

  /** The clock everything goes by but the check of signatures, whose senders know no moved time. */
  public MovableClock clock() {
    return clock;
  }

  /** Lets calls under way finish, then gives everything back. */
  @Override
  public void close() {
    server.close();
    database.close();
    folder.close();
  }
}
