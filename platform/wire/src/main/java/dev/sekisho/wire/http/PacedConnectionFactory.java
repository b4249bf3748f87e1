package dev.sekisho.wire.http;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;

/** Makes a {@link PacedConnection} of each that is accepted. */
final class PacedConnectionFactory extends HttpConnectionFactory {

  private final HttpLimits limits;

  PacedConnectionFactory(HttpConfiguration configuration, HttpLimits limits) {
    super(configuration);
    this.limits = limits;
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    return configure(
        new PacedConnection(limits, getHttpConfiguration(), connector, endPoint),
        connector,
        endPoint);
  }
}
