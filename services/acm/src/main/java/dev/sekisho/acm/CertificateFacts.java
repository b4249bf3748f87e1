package dev.sekisho.acm;

import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.ForeignKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.jspecify.annotations.Nullable;

/** What a certificate says, in Certificate Manager's words. */
final class CertificateFacts {

  /** By the places in X.509's bit string. */
  private static final List<String> USAGES =
      List.of(
          "DIGITAL_SIGNATURE",
          "NON_REPUDIATION",
          "KEY_ENCIPHERMENT",
          "DATA_ENCIPHERMENT",
          "KEY_AGREEMENT",
          "CERTIFICATE_SIGNING",
          "CRL_SIGNING",
          "ENCIPHER_ONLY",
          "DECIPHER_ONLY");

  private static final Map<String, String> PURPOSES =
      Map.of(
          "1.3.6.1.5.5.7.3.1", "TLS_WEB_SERVER_AUTHENTICATION",
          "1.3.6.1.5.5.7.3.2", "TLS_WEB_CLIENT_AUTHENTICATION",
          "1.3.6.1.5.5.7.3.3", "CODE_SIGNING",
          "1.3.6.1.5.5.7.3.4", "EMAIL_PROTECTION",
          "1.3.6.1.5.5.7.3.5", "IPSEC_END_SYSTEM",
          "1.3.6.1.5.5.7.3.6", "IPSEC_TUNNEL",
          "1.3.6.1.5.5.7.3.7", "IPSEC_USER",
          "1.3.6.1.5.5.7.3.8", "TIME_STAMPING",
          "1.3.6.1.5.5.7.3.9", "OCSP_SIGNING",
          "2.5.29.37.0", "ANY");

  private static final int DNS = 2;
  private static final int HEX = 16;

  private CertificateFacts() {}

  /** The serial number in pairs of hexadecimal digits with colons between them. */
  static String serial(X509Certificate certificate) {
    String digits = certificate.getSerialNumber().toString(HEX);
    String even = digits.length() % 2 == 0 ? digits : '0' + digits;
    return even.replaceAll("(..)(?!$)", "$1:");
  }

  /** What the key may be used for. */
  static List<String> usages(X509Certificate certificate) {
    boolean[] bits = certificate.getKeyUsage();
    List<String> names = new ArrayList<>();
    for (int i = 0; bits != null && i < bits.length && i < USAGES.size(); i++) {
      if (bits[i]) {
        names.add(USAGES.get(i));
      }
    }
    return names;
  }

  /** The object identifiers of what the certificate is for. */
  static List<String> purposes(X509Certificate certificate) {
    try {
      List<String> ids = certificate.getExtendedKeyUsage();
      return ids == null ? List.of() : ids;
    } catch (CertificateParsingException malformed) {
      return List.of();
    }
  }

  static String purposeName(String id) {
    return PURPOSES.getOrDefault(id, "CUSTOM");
  }

  /** The kind of the key; null when it is none that certificates are kept for. */
  static @Nullable String keyAlgorithm(X509Certificate certificate) {
    try {
      return ForeignKey.read(certificate.getPublicKey().getEncoded()).algorithm();
    } catch (CryptoException unknown) {
      return null;
    }
  }

  /** For example {@code SHA256WITHRSA}. */
  static String signature(X509Certificate certificate) {
    return certificate.getSigAlgName().toUpperCase(Locale.ROOT);
  }

  static String subject(X509Certificate certificate) {
    return name(certificate.getSubjectX500Principal().getEncoded()).toString();
  }

  /** Who issued it: the organization, or else the common name. */
  static String issuer(X509Certificate certificate) {
    X500Name name = name(certificate.getIssuerX500Principal().getEncoded());
    String organization = first(name, BCStyle.O);
    return organization != null
        ? organization
        : Objects.requireNonNullElse(first(name, BCStyle.CN), name.toString());
  }

  static X500Name name(byte[] encoded) {
    return X500Name.getInstance(encoded);
  }

  static @Nullable String first(X500Name name, org.bouncycastle.asn1.ASN1ObjectIdentifier type) {
    RDN[] found = name.getRDNs(type);
    return found.length == 0 ? null : IETFUtils.valueToString(found[0].getFirst().getValue());
  }

  /** The DNS names of the certificate, the common name first; none when it has none. */
  static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    String common = first(name(certificate.getSubjectX500Principal().getEncoded()), BCStyle.CN);
    if (common != null) {
      names.add(common);
    }
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      for (List<?> each : alternatives == null ? List.<List<?>>of() : alternatives) {
        if (each.getFirst().equals(DNS) && each.get(1) instanceof String name) {
          names.add(name);
        }
      }
    } catch (CertificateParsingException malformed) {
      return names;
    }
    return names.stream().distinct().toList();
  }
}
