package dev.sekisho.wire.http;

import dev.sekisho.core.Randomness;
import dev.sekisho.wire.ApiPipeline;
import java.net.URI;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The listening port. Strict in what it takes: HTTP/1.1 as RFC 9112 has it, no obsolete forms, an
 * encoded slash allowed in paths because AWS's clients send ARNs so.
 */
public final class ApiServer implements AutoCloseable {

  private static final long STOP_MILLIS = 10_000;

  private final Server server;
  private final ServerConnector connector;
  private final Pace pace;
  private final String host;

  /**
   * @param port 0 for any free one
   */
  public ApiServer(
      String host,
      int port,
      HttpLimits limits,
      ApiPipeline pipeline,
      LocalEndpoints local,
      Randomness randomness) {
    this.host = host;
    QueuedThreadPool threads = new QueuedThreadPool(16, 4);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    server = new Server(threads);
    connector =
        new ServerConnector(server, 1, 1, new PacedConnectionFactory(strict(limits), limits));
    pace = new Pace(connector);
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(limits.idle().toMillis());
    server.addConnector(connector);
    server.addBean(pace);
    server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
    server.setHandler(new GracefulHandler(new ApiHandler(pipeline, local, limits, randomness)));
    server.setStopTimeout(STOP_MILLIS);
    server.setErrorHandler(new PlainErrors());
  }

  private static HttpConfiguration strict(HttpLimits limits) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setHttpCompliance(HttpCompliance.STRICT);
    configuration.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "AWS",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            // What follows is part of keys in S3; of paths to other services ApiHandler refuses it.
            UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
            UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER,
            UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
            UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS,
            UriCompliance.Violation.UTF16_ENCODINGS));
    configuration.setRequestHeaderSize(limits.headerBytes());
    // Signatures cover values letter by letter: none may be replaced by a known one.
    configuration.setHeaderCacheCaseSensitive(true);
    configuration.setSendServerVersion(false);
    configuration.setSendXPoweredBy(false);
    configuration.setSendDateHeader(true);
    return configuration;
  }

  /**
   * Starts to listen.
   *
   * @return where
   * @throws IllegalStateException when the address cannot be bound
   */
  public URI start() {
    try {
      server.start();
    } catch (Exception failed) {
      throw new IllegalStateException(
          "cannot listen on " + host + ":" + connector.getPort() + ": " + rootMessage(failed),
          failed);
    }
    String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return URI.create("http://" + literal + ":" + connector.getLocalPort());
  }

  private static String rootMessage(Throwable failed) {
    Throwable cause = failed;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  /** Takes no new requests, lets those under way finish, and closes the port. */
  @Override
  public void close() {
    try {
      // Jetty leaves silent connections a second more; nobody is waited for on those.
      var _ = connector.shutdown();
      pace.closeIdle();
      server.stop();
    } catch (Exception failed) {
      throw new IllegalStateException("the HTTP port did not close", failed);
    }
  }
}
