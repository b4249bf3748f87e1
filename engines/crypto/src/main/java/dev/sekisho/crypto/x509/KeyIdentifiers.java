package dev.sekisho.crypto.x509;

import dev.sekisho.core.Blob;
import dev.sekisho.crypto.Digests;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * Short names of public keys, by which certificates find their issuers.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.2">RFC 5280, 4.2.1.2</a>
 */
public final class KeyIdentifiers {

  private KeyIdentifiers() {}

  /** SHA-1 of the key's bits: a name, on which no security rests. */
  static byte[] of(Blob publicKey) {
    return Digests.begin("SHA-1")
        .digest(SubjectPublicKeyInfo.getInstance(publicKey.bytes()).getPublicKeyData().getBytes());
  }

  /** The extension that names the certificate's own key. */
  public static CertificateExtension subject(Blob publicKey) {
    return CertificateExtension.of(
        Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(of(publicKey)));
  }

  /** The extension that names the issuer's key. */
  public static CertificateExtension authority(Blob publicKey) {
    return CertificateExtension.of(
        Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(of(publicKey)));
  }
}
