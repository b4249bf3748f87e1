package dev.sekisho.crypto.x509;

import dev.sekisho.core.Blob;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * What a certificate is to say, before anybody signs it.
 *
 * @param serial positive, of at most 20 bytes
 * @param publicKey SubjectPublicKeyInfo in DER
 * @param notBefore whole seconds count
 * @param notAfter whole seconds count
 */
public record CertificateDraft(
    BigInteger serial,
    X500Name subject,
    Blob publicKey,
    Instant notBefore,
    Instant notAfter,
    List<CertificateExtension> extensions) {

  private static final int SERIAL_BITS = 159;

  /**
   * @throws IllegalArgumentException when the serial number or the validity is none
   */
  public CertificateDraft {
    if (serial.signum() <= 0 || serial.bitLength() > SERIAL_BITS) {
      throw new IllegalArgumentException("not a serial number");
    }
    if (!notAfter.isAfter(notBefore)) {
      throw new IllegalArgumentException("never valid");
    }
    extensions = List.copyOf(extensions);
  }
}
