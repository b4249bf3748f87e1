package dev.sekisho.crypto;

import dev.sekisho.core.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * Reads X.509 certificates and their private keys in PEM, as they are uploaded.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
public final class Certificates {

  private static final byte[] PROBE = "which private key is it".getBytes(StandardCharsets.US_ASCII);
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "Ed25519");

  private Certificates() {}

  /**
   * Reads exactly one certificate.
   *
   * @throws IllegalArgumentException when the text holds none, several, or something else
   */
  public static X509Certificate one(String pem) {
    List<X509Certificate> certificates = chain(pem);
    if (certificates.size() != 1) {
      throw new IllegalArgumentException("one certificate is expected");
    }
    return certificates.getFirst();
  }

  /**
   * Reads certificates that follow one another.
   *
   * @throws IllegalArgumentException when the text holds none or something else
   */
  public static List<X509Certificate> chain(String pem) {
    List<X509Certificate> certificates = new ArrayList<>();
    try (PemReader reader = new PemReader(new StringReader(pem))) {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (PemObject each = reader.readPemObject(); each != null; each = reader.readPemObject()) {
        if (!each.getType().equals("CERTIFICATE")) {
          throw new IllegalArgumentException("not a certificate");
        }
        certificates.add(
            (X509Certificate)
                factory.generateCertificate(new ByteArrayInputStream(each.getContent())));
      }
    } catch (IOException | GeneralSecurityException | RuntimeException unreadable) {
      throw new IllegalArgumentException("not a certificate in PEM");
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("not a certificate in PEM");
    }
    return certificates;
  }

  /**
   * Whether each certificate of the chain signed the one before it.
   *
   * @param leaf the certificate the chain begins to vouch for
   */
  public static boolean isChain(X509Certificate leaf, List<X509Certificate> chain) {
    X509Certificate signed = leaf;
    for (X509Certificate signer : chain) {
      try {
        if (!signed.getIssuerX500Principal().equals(signer.getSubjectX500Principal())) {
          return false;
        }
        signed.verify(signer.getPublicKey());
      } catch (GeneralSecurityException notSigned) {
        return false;
      }
      signed = signer;
    }
    return true;
  }

  /**
   * Reads a private key that is not encrypted: PKCS #8, or the older forms of RSA and EC keys.
   *
   * @throws IllegalArgumentException when the text holds none, or an encrypted one
   */
  public static PrivateKey privateKey(Secret pem) {
    try (PEMParser parser =
        new PEMParser(new StringReader(new String(pem.reveal(), StandardCharsets.US_ASCII)))) {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      Object found = parser.readObject();
      // OpenSSL puts an EC key's curve in a part of its own before the key.
      if (found instanceof org.bouncycastle.asn1.ASN1ObjectIdentifier) {
        found = parser.readObject();
      }
      return switch (found) {
        case PrivateKeyInfo key -> converter.getPrivateKey(key);
        case PEMKeyPair pair -> converter.getKeyPair(pair).getPrivate();
        case null, default -> throw new IllegalArgumentException("not a private key in PEM");
      };
    } catch (IOException | RuntimeException unreadable) {
      // Without the cause: it may hold parts of the key.
      throw new IllegalArgumentException("not a private key in PEM");
    }
  }

  /** Whether the private key belongs to the public key, shown by a signature. */
  public static boolean match(PublicKey publicKey, PrivateKey privateKey) {
    String algorithm = SIGNATURES.get(publicKey.getAlgorithm());
    if (algorithm == null || !publicKey.getAlgorithm().equals(privateKey.getAlgorithm())) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(privateKey);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException notAPair) {
      return false;
    }
  }
}
