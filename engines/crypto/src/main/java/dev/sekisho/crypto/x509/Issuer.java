package dev.sekisho.crypto.x509;

import dev.sekisho.core.Blob;
import dev.sekisho.crypto.AsymmetricKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/**
 * Whoever signs certificates: a name, a key, and how it signs. Safe for many threads.
 *
 * @param name the subject of its own certificate, to the byte
 */
public record Issuer(X500Name name, AsymmetricKey key, CertificateSignature signature) {

  /** RFC 5280: times up to 2049 are written as UTCTime, later ones as GeneralizedTime. */
  private static final int LAST_SHORT_YEAR = 2049;

  /**
   * @throws IllegalArgumentException when the key cannot sign so
   */
  public Issuer {
    if (!signature.fits(key.spec())) {
      throw new IllegalArgumentException(key.spec() + " does not sign by " + signature);
    }
  }

  /** The certificate that says what the draft says, in DER. */
  public byte[] sign(CertificateDraft draft) {
    try {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              name,
              draft.serial(),
              time(draft.notBefore()),
              time(draft.notAfter()),
              draft.subject(),
              SubjectPublicKeyInfo.getInstance(draft.publicKey().bytes()));
      for (CertificateExtension each : draft.extensions()) {
        builder.addExtension(each.written());
      }
      return builder.build(signature.by(key)).getEncoded();
    } catch (CertIOException twice) {
      throw new IllegalArgumentException("the draft has an extension twice", twice);
    } catch (IOException impossible) {
      throw new UncheckedIOException("what was made cannot be written", impossible);
    }
  }

  /** A request for a certificate of this issuer's own, in DER. */
  public byte[] request(List<CertificateExtension> extensions) {
    try {
      PKCS10CertificationRequestBuilder builder =
          new PKCS10CertificationRequestBuilder(
              name, SubjectPublicKeyInfo.getInstance(publicKey().bytes()));
      if (!extensions.isEmpty()) {
        builder.addAttribute(
            PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
            new Extensions(
                extensions.stream().map(CertificateExtension::written).toArray(Extension[]::new)));
      }
      return builder.build(signature.by(key)).getEncoded();
    } catch (IOException impossible) {
      throw new UncheckedIOException("what was made cannot be written", impossible);
    }
  }

  /** SubjectPublicKeyInfo in DER. */
  public Blob publicKey() {
    return key.subjectPublicKeyInfo();
  }

  /** The name in DER, as certificates hold it. */
  byte[] encodedName() {
    try {
      return name.getEncoded(ASN1Encoding.DER);
    } catch (IOException impossible) {
      throw new UncheckedIOException("what was made cannot be written", impossible);
    }
  }

  private static Time time(Instant instant) {
    Date date = Date.from(instant);
    int year = instant.atZone(ZoneOffset.UTC).getYear();
    return year > LAST_SHORT_YEAR
        ? new Time(new org.bouncycastle.asn1.DERGeneralizedTime(date))
        : new Time(new org.bouncycastle.asn1.DERUTCTime(date));
  }
}
