package dev.sekisho.sts;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;

/** Looks at the certificates a server shows, and trusts none. */
final class ShownChain extends CallerTrust {

  private volatile List<X509Certificate> chain = List.of();

  List<X509Certificate> chain() {
    return chain;
  }

  private CertificateException seen(X509Certificate[] shown) {
    chain = List.of(shown);
    return new CertificateException("only looked at");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] shown, String authType, Socket socket)
      throws CertificateException {
    throw seen(shown);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] shown, String authType, SSLEngine engine)
      throws CertificateException {
    throw seen(shown);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] shown, String authType)
      throws CertificateException {
    throw seen(shown);
  }
}
