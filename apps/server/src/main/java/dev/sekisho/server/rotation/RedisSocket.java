package dev.sekisho.server.rotation;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Opens a connection to a Redis server; the driver's own way knows no files of certificates.
 *
 * @param milliseconds how long anything may take
 */
record RedisSocket(Target target, boolean encrypted, Trust trust, int milliseconds)
    implements JedisSocketFactory {

  @Override
  public Socket createSocket() {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(target.host(), target.port()), milliseconds);
      socket.setSoTimeout(milliseconds);
      return encrypted ? encrypted(socket) : socket;
    } catch (IOException | GeneralSecurityException failed) {
      try {
        socket.close();
      } catch (IOException alsoFailed) {
        failed.addSuppressed(alsoFailed);
      }
      throw new JedisConnectionException("cannot connect: " + failed.getMessage(), failed);
    }
  }

  private Socket encrypted(Socket plain) throws IOException, GeneralSecurityException {
    SSLSocket socket =
        (SSLSocket) trust.sockets().createSocket(plain, target.host(), target.port(), true);
    SSLParameters named = socket.getSSLParameters();
    named.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(named);
    socket.startHandshake();
    return socket;
  }
}
