package dev.sekisho.crypto.x509;

import dev.sekisho.core.Blob;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.ForeignKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extensions;

/**
 * A request for a certificate whose signature was checked, so that whoever made it has the key.
 *
 * <p>Refused are: weak hashes, RSA keys of less than 2048 or more than 4096 bits, other curves than
 * NIST's, names that are no names.
 *
 * @param subject may be empty
 * @param publicKey SubjectPublicKeyInfo in DER
 * @param extensions those asked for; may be empty
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2986">RFC 2986</a>
 */
public record SigningRequest(
    X500Name subject, Blob publicKey, List<CertificateExtension> extensions) {

  private static final int LARGEST = 32 << 10;
  private static final int SMALLEST_MODULUS = 2_048;

  public SigningRequest {
    extensions = List.copyOf(extensions);
  }

  /**
   * Reads a request in PEM.
   *
   * @param pem at most 32 KiB
   * @throws RefusedInput when it is none, or must not be answered
   */
  public static SigningRequest read(byte[] pem) throws RefusedInput {
    if (pem.length > LARGEST) {
      throw new RefusedInput("The certificate signing request is too large.");
    }
    List<Pem.Section> sections = Pem.read(new String(pem, StandardCharsets.ISO_8859_1));
    String type = sections.getFirst().type();
    if (sections.size() != 1
        || !(type.equals("CERTIFICATE REQUEST") || type.equals("NEW CERTIFICATE REQUEST"))) {
      throw new RefusedInput("Exactly one certificate signing request is expected.");
    }
    try {
      return read(CertificationRequest.getInstance(StrictDer.one(sections.getFirst().content())));
    } catch (IOException | IllegalArgumentException | IllegalStateException malformed) {
      throw RefusedInput.unreadable("certificate signing request");
    }
  }

  private static SigningRequest read(CertificationRequest request)
      throws RefusedInput, IOException {
    CertificationRequestInfo info = request.getCertificationRequestInfo();
    if (info.getVersion().intPositiveValueExact() != 0) {
      throw new RefusedInput("The version of the certificate signing request is unknown.");
    }
    byte[] publicKey = info.getSubjectPublicKeyInfo().getEncoded(ASN1Encoding.DER);
    ForeignKey key = key(publicKey);
    AlgorithmIdentifier signature = request.getSignatureAlgorithm();
    if (!ForeignKey.isKnown(signature)) {
      throw new RefusedInput(
          "The signature algorithm of the certificate signing request is not supported.");
    }
    if (!key.verify(
        signature, info.getEncoded(ASN1Encoding.DER), request.getSignature().getOctets())) {
      throw new RefusedInput("The signature of the certificate signing request is not valid.");
    }
    DistinguishedNames.require(info.getSubject());
    return new SigningRequest(info.getSubject(), Blob.of(publicKey), extensions(info));
  }

  private static ForeignKey key(byte[] publicKey) throws RefusedInput {
    try {
      ForeignKey key = ForeignKey.read(publicKey);
      if (key.modulusBits() != 0 && key.modulusBits() < SMALLEST_MODULUS) {
        throw new RefusedInput("The key of the certificate signing request is too short.");
      }
      return key;
    } catch (CryptoException unknown) {
      throw new RefusedInput("The key of the certificate signing request is not supported.");
    }
  }

  private static List<CertificateExtension> extensions(CertificationRequestInfo info)
      throws RefusedInput {
    List<CertificateExtension> found = List.of();
    int requests = 0;
    if (info.getAttributes() == null) {
      return found;
    }
    for (var each : info.getAttributes()) {
      Attribute attribute = Attribute.getInstance(each);
      if (attribute.getAttrType().equals(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)) {
        requests++;
        if (requests > 1 || attribute.getAttrValues().size() != 1) {
          throw new RefusedInput("Extensions are requested more than once.");
        }
        found =
            CertificateExtension.list(
                Extensions.getInstance(attribute.getAttrValues().getObjectAt(0)));
      }
    }
    return found;
  }
}
