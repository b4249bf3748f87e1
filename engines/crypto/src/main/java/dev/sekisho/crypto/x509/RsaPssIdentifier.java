package dev.sekisho.crypto.x509;

import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * How certificates say that they are signed by RSASSA-PSS.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4055#section-3.1">RFC 4055, 3.1</a>
 */
final class RsaPssIdentifier {

  private RsaPssIdentifier() {}

  /**
   * The identifier, with the same hash for the text and the mask.
   *
   * @param salt in bytes
   */
  static AlgorithmIdentifier of(ASN1ObjectIdentifier hash, int salt) {
    AlgorithmIdentifier digest = new AlgorithmIdentifier(hash, DERNull.INSTANCE);
    return new AlgorithmIdentifier(
        PKCSObjectIdentifiers.id_RSASSA_PSS,
        new RSASSAPSSparams(
            digest,
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, digest),
            new ASN1Integer(salt),
            RSASSAPSSparams.DEFAULT_TRAILER_FIELD));
  }
}
