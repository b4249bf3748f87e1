package dev.sekisho.crypto.x509;

import dev.sekisho.core.Blob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;

/**
 * One extension of a certificate.
 *
 * @param id its object identifier
 * @param value in DER
 */
public record CertificateExtension(String id, boolean critical, Blob value) {

  /** The most that one certificate has. */
  public static final int MOST = 150;

  /** An extension made of its value. */
  public static CertificateExtension of(
      ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
    try {
      return new CertificateExtension(
          id.getId(), critical, Blob.of(value.toASN1Primitive().getEncoded(ASN1Encoding.DER)));
    } catch (IOException impossible) {
      throw new UncheckedIOException("what was made cannot be written", impossible);
    }
  }

  static List<CertificateExtension> list(Extensions extensions) throws RefusedInput {
    List<CertificateExtension> list = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    ASN1ObjectIdentifier[] ids = extensions.getExtensionOIDs();
    if (ids.length > MOST) {
      throw new RefusedInput("There are more than " + MOST + " extensions.");
    }
    for (ASN1ObjectIdentifier id : ids) {
      Extension each = extensions.getExtension(id);
      if (!seen.add(id.getId())) {
        throw new RefusedInput("The extension " + id.getId() + " is there twice.");
      }
      byte[] value = each.getExtnValue().getOctets();
      try {
        StrictDer.one(value);
      } catch (IOException malformed) {
        throw new RefusedInput("The extension " + id.getId() + " is malformed.");
      }
      list.add(new CertificateExtension(id.getId(), each.isCritical(), Blob.of(value)));
    }
    return list;
  }

  Extension written() {
    return new Extension(new ASN1ObjectIdentifier(id), critical, value.bytes());
  }
}
