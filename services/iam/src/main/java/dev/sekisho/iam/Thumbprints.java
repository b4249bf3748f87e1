package dev.sekisho.iam;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/** What the certificates of OpenID Connect providers are known by: SHA-1 digests, in hex. */
final class Thumbprints {

  private Thumbprints() {}

  /** Of the certificate highest up in the chain, as far as the server shows it. */
  static String ofHighest(List<X509Certificate> chain) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-1").digest(chain.getLast().getEncoded()));
    } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
      throw new IllegalStateException("a certificate that was read can be digested", impossible);
    }
  }
}
