package dev.sekisho.sts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what OpenID Connect issuers publish.
 *
 * <p>Whoever may make a provider names the server we call, so we call with care. INVARIANT: HTTPS
 * only; the address that was checked is the one that is called; no redirect is followed; what comes
 * is bounded in size and time.
 */
public final class IssuerConnections {

  private static final int CONNECT = 3_000;
  private static final int HTTPS = 443;

  private final boolean privateAllowed;

  /**
   * @param privateAllowed whether issuers on loopback and private networks are called as well
   */
  public IssuerConnections(boolean privateAllowed) {
    this.privateAllowed = privateAllowed;
  }

  /**
   * The document at the address.
   *
   * @param thumbprints SHA-1 digests of certificates that may vouch for the server
   * @throws UnusableServer when the server cannot be reached or trusted, or answers anything else
   */
  String get(URI address, List<String> thumbprints) throws UnusableServer {
    try (SSLSocket socket = open(address, new ServerTrust(thumbprints))) {
      String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
      String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
      String request =
          "GET "
              + path
              + query
              + " HTTP/1.1\r\nHost: "
              + address.getRawAuthority()
              + "\r\nAccept: application/json\r\nUser-Agent: Sekisho\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return HttpAnswer.read(socket);
    } catch (IOException failed) {
      throw unusable(failed);
    }
  }

  /**
   * The chain that the server shows, its own certificate first; nothing is trusted because of it.
   *
   * @throws UnusableServer when the server cannot be reached
   */
  public List<X509Certificate> certificates(URI address) throws UnusableServer {
    ShownChain shown = new ShownChain();
    try (SSLSocket socket = open(address, shown)) {
      socket.getSession();
    } catch (IOException | UnusableServer refused) {
      // ShownChain refuses every server, once it has seen its certificates.
    }
    if (shown.chain().isEmpty()) {
      throw new UnusableServer("the issuer cannot be reached", false);
    }
    return shown.chain();
  }

  private SSLSocket open(URI address, TrustManager trust) throws UnusableServer {
    if (!"https".equals(address.getScheme())
        || address.getHost() == null
        || address.getRawUserInfo() != null) {
      throw new UnusableServer("not an address of HTTPS", false);
    }
    String host = address.getHost();
    int port = address.getPort() < 0 ? HTTPS : address.getPort();
    Socket plain = new Socket();
    try {
      plain.connect(new InetSocketAddress(resolve(host), port), CONNECT);
      plain.setSoTimeout(CONNECT);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket;
    } catch (IOException | GeneralSecurityException failed) {
      close(plain);
      throw unusable(failed);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // Nobody waits for it.
    }
  }

  private InetAddress resolve(String host) throws UnusableServer, IOException {
    InetAddress[] addresses =
        InetAddress.getAllByName(
            host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    List<InetAddress> usable = new ArrayList<>();
    for (InetAddress each : addresses) {
      if (!privateAllowed && !PublicAddresses.holds(each)) {
        throw new UnusableServer("not a public address", false);
      }
      usable.add(each);
    }
    return usable.getFirst();
  }

  private static UnusableServer unusable(Throwable failed) {
    for (@Nullable Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return new UnusableServer("nobody vouches for the issuer's server", true);
      }
    }
    return new UnusableServer("the issuer cannot be reached", false);
  }
}
