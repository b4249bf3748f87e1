package dev.sekisho.sts;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts the servers that a public authority vouches for, and those with a certificate in their
 * chain whose thumbprint is known. Either way the certificate must be good for the server's name.
 */
final class ServerTrust extends CallerTrust {

  private final List<String> thumbprints;

  /**
   * @param thumbprints SHA-1 digests in lower case
   */
  ServerTrust(List<String> thumbprints) {
    this.thumbprints = List.copyOf(thumbprints);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    try {
      authorities(null).checkServerTrusted(chain, authType, socket);
    } catch (CertificateException notPublic) {
      for (X509Certificate each : chain) {
        if (thumbprints.contains(thumbprint(each))) {
          authorities(each).checkServerTrusted(chain, authType, socket);
          return;
        }
      }
      throw notPublic;
    }
  }

  /** Those of the JDK, or this one only. */
  private static X509ExtendedTrustManager authorities(@Nullable X509Certificate only)
      throws CertificateException {
    try {
      KeyStore store = null;
      if (only != null) {
        store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("known", only);
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      for (TrustManager each : factory.getTrustManagers()) {
        if (each instanceof X509ExtendedTrustManager manager) {
          return manager;
        }
      }
      throw new CertificateException("no trust manager");
    } catch (GeneralSecurityException | java.io.IOException unusable) {
      throw new CertificateException(unusable);
    }
  }

  private static String thumbprint(X509Certificate certificate) throws CertificateException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException unusable) {
      throw new CertificateException(unusable);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("servers are called by sockets");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("the server's name must be checked");
  }
}
