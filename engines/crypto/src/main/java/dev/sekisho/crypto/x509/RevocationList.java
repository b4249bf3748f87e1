package dev.sekisho.crypto.x509;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A list of revoked certificates.
 *
 * @param number greater than that of any list before
 * @param address where the list is fetched when it covers a part of the certificates only
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-5">RFC 5280, 5</a>
 */
public record RevocationList(
    long number,
    Instant thisUpdate,
    Instant nextUpdate,
    List<Entry> entries,
    @Nullable String address) {

  public RevocationList {
    entries = List.copyOf(entries);
  }

  /** A certificate that must not be trusted any more. */
  public record Entry(BigInteger serial, Instant revokedAt, RevocationReason reason) {}

  /** The list in DER, signed by whoever issued the certificates. */
  public byte[] sign(Issuer issuer) {
    X509v2CRLBuilder builder = new X509v2CRLBuilder(issuer.name(), Date.from(thisUpdate));
    builder.setNextUpdate(Date.from(nextUpdate));
    for (Entry each : entries) {
      builder.addCRLEntry(each.serial(), Date.from(each.revokedAt()), each.reason().code());
    }
    try {
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new AuthorityKeyIdentifier(KeyIdentifiers.of(issuer.publicKey())));
      builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
      if (address != null) {
        builder.addExtension(Extension.issuingDistributionPoint, true, part(address));
      }
      return builder.build(issuer.signature().by(issuer.key())).getEncoded();
    } catch (IOException impossible) {
      throw new UncheckedIOException("what was made cannot be written", impossible);
    }
  }

  private static IssuingDistributionPoint part(String address) {
    return new IssuingDistributionPoint(
        new DistributionPointName(
            new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, address))),
        false,
        false,
        null,
        false,
        false);
  }
}
