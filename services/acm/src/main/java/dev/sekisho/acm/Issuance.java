package dev.sekisho.acm;

import dev.sekisho.core.Blob;
import dev.sekisho.core.PrivateAuthorities;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.AsymmetricKey;
import dev.sekisho.crypto.Certificates;
import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.crypto.x509.CertificateExtension;
import dev.sekisho.crypto.x509.CertificateSignature;
import dev.sekisho.crypto.x509.Issuer;
import dev.sekisho.crypto.x509.Pem;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.jspecify.annotations.Nullable;

/** Makes a key pair and has a certificate issued for it. */
final class Issuance {

  /** Thirteen months, as AWS's private certificates have. */
  static final int PRIVATE_DAYS = 395;

  private static final Map<String, KeyPairSpec> SPECS =
      Map.of(
          "RSA_2048", KeyPairSpec.RSA_2048,
          "RSA_3072", KeyPairSpec.RSA_3072,
          "RSA_4096", KeyPairSpec.RSA_4096,
          "EC_prime256v1", KeyPairSpec.ECC_NIST_P256,
          "EC_secp384r1", KeyPairSpec.ECC_NIST_P384,
          "EC_secp521r1", KeyPairSpec.ECC_NIST_P521);

  private final AcmContext context;
  private final PublicAuthority publicAuthority;

  Issuance(AcmContext context, PublicAuthority publicAuthority) {
    this.context = context;
    this.publicAuthority = publicAuthority;
  }

  /** A certificate and its private key as PKCS #8. */
  record Issued(StoredCertificate.Content content, Secret privateKey) {}

  /** The kind of key; null when certificates are not asked for with it. */
  static @Nullable KeyPairSpec spec(String keyAlgorithm) {
    return SPECS.get(keyAlgorithm);
  }

  /** A public certificate; that the names are proved is for the caller to know. */
  Issued publicly(StoredCertificate certificate, Instant now) {
    AsymmetricKey key = key(certificate);
    byte[] issued = publicAuthority.issue(certificate.names(), key.subjectPublicKeyInfo(), now);
    return new Issued(
        content(Pem.write("CERTIFICATE", issued), publicAuthority.chain()), key.pkcs8());
  }

  /**
   * A private certificate.
   *
   * @param call as which the authority is asked
   * @throws dev.sekisho.core.ServiceException with Private CA's codes
   */
  Issued privately(StoredCertificate certificate, RequestContext call) {
    AsymmetricKey key = key(certificate);
    PrivateAuthorities.Issued issued =
        context
            .authorities()
            .issue(
                call,
                AcmContext.SERVICE,
                Objects.requireNonNull(certificate.authority()),
                request(certificate, key),
                PRIVATE_DAYS);
    return new Issued(content(issued.certificate(), issued.chain()), key.pkcs8());
  }

  private AsymmetricKey key(StoredCertificate certificate) {
    return context.keyPairs().take(Objects.requireNonNull(spec(certificate.keyAlgorithm())));
  }

  private static Blob request(StoredCertificate certificate, AsymmetricKey key) {
    CertificateSignature signature =
        switch (key.spec()) {
          case ECC_NIST_P384 -> CertificateSignature.SHA384WITHECDSA;
          case ECC_NIST_P521 -> CertificateSignature.SHA512WITHECDSA;
          case ECC_NIST_P256 -> CertificateSignature.SHA256WITHECDSA;
          default -> CertificateSignature.SHA256WITHRSA;
        };
    GeneralName[] names =
        certificate.names().stream()
            .map(name -> new GeneralName(GeneralName.dNSName, name))
            .toArray(GeneralName[]::new);
    byte[] der =
        new Issuer(new X500Name("CN=" + certificate.domain()), key, signature)
            .request(
                List.of(
                    CertificateExtension.of(
                        Extension.subjectAlternativeName, false, new GeneralNames(names))));
    return Blob.of(Pem.write("CERTIFICATE REQUEST", der).getBytes(StandardCharsets.US_ASCII));
  }

  /** What is kept of a certificate. */
  static StoredCertificate.Content content(String certificate, @Nullable String chain) {
    X509Certificate read = Certificates.one(certificate);
    return new StoredCertificate.Content(
        certificate.strip() + '\n',
        chain == null ? null : chain.strip() + '\n',
        CertificateFacts.serial(read),
        read.getNotBefore().toInstant(),
        read.getNotAfter().toInstant());
  }
}
