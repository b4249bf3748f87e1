package dev.sekisho.testing;

import dev.sekisho.core.MovableClock;
import dev.sekisho.core.Secret;
import dev.sekisho.iam.RootUser;
import dev.sekisho.server.Options;
import dev.sekisho.server.Sekisho;
import dev.sekisho.server.Storage;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * A running Sekisho in the development mode, with the root user's credentials known to the test.
 */
public final class SekishoInstance implements AutoCloseable {

  /** The account that is there from the start. */
  public static final String ACCOUNT = "000000000001";

  /** The root user's credentials in every instance. */
  public static final AwsCredentials ROOT =
      AwsBasicCredentials.create(
          "AKIAROOTROOTROOTROOT", "root-secret-for-tests-only-0123456789abc");

  private final Sekisho sekisho;

  private SekishoInstance(Sekisho sekisho) {
    this.sekisho = sekisho;
  }

  /**
   * Starts one on a free port of 127.0.0.1.
   *
   * @param folder where its data is kept; a second start with the same folder finds it again
   */
  public static SekishoInstance start(Path folder) {
    return start(folder, Storage.IN_FOLDER);
  }

  /** Starts one that shares its database or its keyring with others. */
  public static SekishoInstance start(Path folder, Storage storage) {
    return start(folder, options -> options.with(storage));
  }

  /** Starts one with other options than the usual. */
  public static SekishoInstance start(Path folder, UnaryOperator<Options> change) {
    Options usual = Options.usual();
    Options options =
        new Options(
            folder,
            usual.host(),
            0,
            usual.region(),
            usual.account(),
            true,
            new RootUser.Credentials(ROOT.accessKeyId(), Secret.of(ROOT.secretAccessKey())));
    return new SekishoInstance(Sekisho.start(change.apply(options), InstantSource.system()));
  }

  /** Where it listens. */
  public URI address() {
    return sekisho.address();
  }

  /** The clock Sekisho goes by; signatures alone are checked against the machine's own. */
  public MovableClock clock() {
    return sekisho.clock();
  }

  /** A client of any service with the root user's credentials. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return client(builder, ROOT);
  }

  /** A client of any service with these credentials. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, AwsCredentials credentials) {
    return client(builder, credentials, Region.US_EAST_1);
  }

  /** A client of any service with the root user's credentials, for a region. */
  public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, Region region) {
    return client(builder, ROOT, region);
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, AwsCredentials credentials, Region region) {
    return builder
        .endpointOverride(address())
        .region(region)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  @Override
  public void close() {
    sekisho.close();
  }
}
