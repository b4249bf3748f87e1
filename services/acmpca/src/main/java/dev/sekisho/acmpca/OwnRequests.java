package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.AccessDescription;
import dev.sekisho.contract.acmpca.AccessMethod;
import dev.sekisho.contract.acmpca.CertificateAuthorityConfiguration;
import dev.sekisho.contract.acmpca.CsrExtensions;
import dev.sekisho.crypto.x509.CertificateExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;

/** What an authority asks for in the request for its own certificate. */
final class OwnRequests {

  private static final Map<String, ASN1ObjectIdentifier> METHODS =
      Map.of(
          "CA_REPOSITORY", Subjects.identifier("1.3.6.1.5.5.7.48.5"),
          "RESOURCE_PKI_MANIFEST", Subjects.identifier("1.3.6.1.5.5.7.48.10"),
          "RESOURCE_PKI_NOTIFY", Subjects.identifier("1.3.6.1.5.5.7.48.13"));

  private OwnRequests() {}

  /**
   * The extensions.
   *
   * @throws dev.sekisho.core.ServiceException InvalidArgsException when one is none
   */
  static List<CertificateExtension> extensions(CertificateAuthorityConfiguration configuration) {
    List<CertificateExtension> list = new ArrayList<>();
    list.add(CertificateExtension.of(Extension.basicConstraints, true, new BasicConstraints(true)));
    CsrExtensions asked = configuration.csrExtensions();
    if (asked != null && asked.keyUsage() != null) {
      list.add(
          CertificateExtension.of(Extension.keyUsage, true, ApiExtensions.usage(asked.keyUsage())));
    }
    if (asked != null && asked.subjectInformationAccess() != null) {
      list.add(
          CertificateExtension.of(
              Extension.subjectInfoAccess,
              false,
              new DERSequence(
                  asked.subjectInformationAccess().stream()
                      .map(OwnRequests::access)
                      .toArray(org.bouncycastle.asn1.x509.AccessDescription[]::new))));
    }
    return list;
  }

  private static org.bouncycastle.asn1.x509.AccessDescription access(AccessDescription access) {
    AccessMethod method = access.accessMethod();
    String type = method.accessMethodType();
    String id = method.customObjectIdentifier();
    if ((type == null) == (id == null)) {
      throw AcmPcaErrors.invalidArgs(
          "An access method must have either a type or an object identifier.");
    }
    return new org.bouncycastle.asn1.x509.AccessDescription(
        type == null
            ? Subjects.identifier(Objects.requireNonNull(id))
            : Objects.requireNonNull(METHODS.get(type)),
        AlternativeNames.of(access.accessLocation()));
  }
}
