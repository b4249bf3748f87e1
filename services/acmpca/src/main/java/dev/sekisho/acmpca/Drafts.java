package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.ApiPassthrough;
import dev.sekisho.contract.acmpca.CrlConfiguration;
import dev.sekisho.core.Blob;
import dev.sekisho.crypto.x509.CertificateExtension;
import dev.sekisho.crypto.x509.KeyIdentifiers;
import dev.sekisho.crypto.x509.SigningRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.X509ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate says, by its template, the call and the request; the former win over the
 * latter.
 */
final class Drafts {

  /** What a request cannot wish for: it belongs to whoever issues. */
  private static final Set<String> ISSUERS =
      Set.of(
          Extension.basicConstraints.getId(),
          Extension.subjectKeyIdentifier.getId(),
          Extension.authorityKeyIdentifier.getId());

  private final Places places;

  Drafts(Places places) {
    this.places = places;
  }

  static X500Name subject(Template template, @Nullable ApiPassthrough api, SigningRequest request) {
    return template.takesApi() && api != null && api.subject() != null
        ? Subjects.name(api.subject())
        : request.subject();
  }

  List<CertificateExtension> extensions(
      StoredAuthority authority,
      Blob issuerKey,
      Template template,
      @Nullable ApiPassthrough api,
      SigningRequest request,
      long part) {
    Map<String, CertificateExtension> all = new LinkedHashMap<>();
    for (CertificateExtension each : request.extensions()) {
      boolean names = each.id().equals(Extension.subjectAlternativeName.getId());
      if (names || (template.takesCsr() && !ISSUERS.contains(each.id()))) {
        all.put(each.id(), each);
      }
    }
    if (template.takesApi() && api != null) {
      ApiExtensions.of(api.extensions()).forEach(each -> all.put(each.id(), each));
    }
    put(all, constraints(template));
    put(all, KeyIdentifiers.subject(request.publicKey()));
    put(all, KeyIdentifiers.authority(issuerKey));
    if (template.usage() != null) {
      put(all, CertificateExtension.of(Extension.keyUsage, true, template.usage()));
    }
    if (!template.purposes().isEmpty()) {
      put(
          all,
          CertificateExtension.of(
              Extension.extendedKeyUsage,
              template.purposesCritical(),
              new ExtendedKeyUsage(template.purposes().toArray(KeyPurposeId[]::new))));
    }
    if (template.kind() != Template.Kind.ROOT) {
      revocation(all, authority, part);
    }
    return List.copyOf(all.values());
  }

  private static void put(Map<String, CertificateExtension> all, CertificateExtension extension) {
    all.put(extension.id(), extension);
  }

  private static CertificateExtension constraints(Template template) {
    return CertificateExtension.of(
        Extension.basicConstraints,
        template.kind() != Template.Kind.END_ENTITY || template.criticalConstraints(),
        switch (template.kind()) {
          case END_ENTITY -> new BasicConstraints(false);
          case ROOT, SUBORDINATE ->
              template.pathLength() == null
                  ? new BasicConstraints(true)
                  : new BasicConstraints(template.pathLength());
        });
  }

  private void revocation(
      Map<String, CertificateExtension> all, StoredAuthority authority, long part) {
    CrlConfiguration lists = authority.lists();
    if (lists != null && !RevocationSettings.omitsPoint(lists)) {
      put(
          all,
          CertificateExtension.of(
              Extension.cRLDistributionPoints,
              false,
              new CRLDistPoint(
                  new DistributionPoint[] {
                    new DistributionPoint(
                        new DistributionPointName(
                            new GeneralNames(address(places.list(authority, part)))),
                        null,
                        null)
                  })));
    }
    if (authority.ocsp() != null) {
      put(
          all,
          CertificateExtension.of(
              Extension.authorityInfoAccess,
              false,
              new AuthorityInformationAccess(
                  new AccessDescription(
                      X509ObjectIdentifiers.ocspAccessMethod, address(places.ocsp(authority))))));
    }
  }

  private static GeneralName address(String text) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, text);
  }
}
