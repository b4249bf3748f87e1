package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.CustomExtension;
import dev.sekisho.contract.acmpca.ExtendedKeyUsage;
import dev.sekisho.contract.acmpca.Extensions;
import dev.sekisho.contract.acmpca.PolicyInformation;
import dev.sekisho.contract.acmpca.PolicyQualifierInfo;
import dev.sekisho.core.Blob;
import dev.sekisho.crypto.x509.CertificateExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;

/** Extensions as the API spells them, as X.509 has them. */
final class ApiExtensions {

  private static final Map<String, KeyPurposeId> PURPOSES =
      Map.of(
          "SERVER_AUTH", KeyPurposeId.id_kp_serverAuth,
          "CLIENT_AUTH", KeyPurposeId.id_kp_clientAuth,
          "CODE_SIGNING", KeyPurposeId.id_kp_codeSigning,
          "EMAIL_PROTECTION", KeyPurposeId.id_kp_emailProtection,
          "TIME_STAMPING", KeyPurposeId.id_kp_timeStamping,
          "OCSP_SIGNING", KeyPurposeId.id_kp_OCSPSigning,
          "SMART_CARD_LOGIN", KeyPurposeId.id_kp_smartcardlogon,
          "DOCUMENT_SIGNING", purpose("1.3.6.1.5.5.7.3.36"),
          "CERTIFICATE_TRANSPARENCY", purpose("1.3.6.1.4.1.11129.2.4.4"));

  private ApiExtensions() {}

  private static KeyPurposeId purpose(String id) {
    return KeyPurposeId.getInstance(Subjects.identifier(id));
  }

  /**
   * The extensions of a call.
   *
   * @throws dev.sekisho.core.ServiceException InvalidArgsException when one is none
   */
  static List<CertificateExtension> of(@Nullable Extensions extensions) {
    List<CertificateExtension> list = new ArrayList<>();
    if (extensions == null) {
      return list;
    }
    if (extensions.certificatePolicies() != null) {
      list.add(policies(extensions.certificatePolicies()));
    }
    if (extensions.extendedKeyUsage() != null) {
      list.add(
          CertificateExtension.of(
              Extension.extendedKeyUsage,
              false,
              new org.bouncycastle.asn1.x509.ExtendedKeyUsage(
                  extensions.extendedKeyUsage().stream()
                      .map(ApiExtensions::purpose)
                      .toArray(KeyPurposeId[]::new))));
    }
    if (extensions.keyUsage() != null) {
      list.add(CertificateExtension.of(Extension.keyUsage, true, usage(extensions.keyUsage())));
    }
    if (extensions.subjectAlternativeNames() != null) {
      list.add(
          CertificateExtension.of(
              Extension.subjectAlternativeName,
              false,
              AlternativeNames.of(extensions.subjectAlternativeNames())));
    }
    List<CustomExtension> custom = extensions.customExtensions();
    for (CustomExtension each : custom == null ? List.<CustomExtension>of() : custom) {
      list.add(custom(each));
    }
    if (list.stream().map(CertificateExtension::id).distinct().count() < list.size()) {
      throw AcmPcaErrors.invalidArgs("An extension is given more than once.");
    }
    return list;
  }

  private static CertificateExtension policies(List<PolicyInformation> policies) {
    return CertificateExtension.of(
        Extension.certificatePolicies,
        false,
        new CertificatePolicies(
            policies.stream()
                .map(ApiExtensions::policy)
                .toArray(org.bouncycastle.asn1.x509.PolicyInformation[]::new)));
  }

  private static org.bouncycastle.asn1.x509.PolicyInformation policy(PolicyInformation policy) {
    var id = Subjects.identifier(policy.certPolicyId());
    List<PolicyQualifierInfo> qualifiers = policy.policyQualifiers();
    return qualifiers == null
        ? new org.bouncycastle.asn1.x509.PolicyInformation(id)
        : new org.bouncycastle.asn1.x509.PolicyInformation(
            id,
            new DERSequence(
                qualifiers.stream()
                    .map(each ->
                        new org.bouncycastle.asn1.x509.PolicyQualifierInfo(
                            each.qualifier().cpsUri()))
                    .toArray(org.bouncycastle.asn1.x509.PolicyQualifierInfo[]::new)));
  }

  private static KeyPurposeId purpose(ExtendedKeyUsage usage) {
    String type = usage.extendedKeyUsageType();
    String id = usage.extendedKeyUsageObjectIdentifier();
    if ((type == null) == (id == null)) {
      throw AcmPcaErrors.invalidArgs(
          "An extended key usage must have either a type or an object identifier.");
    }
    return type == null
        ? purpose(Objects.requireNonNull(id))
        : Objects.requireNonNull(PURPOSES.get(type));
  }

  /**
   * What a key is for.
   *
   * @throws dev.sekisho.core.ServiceException InvalidArgsException when it is for nothing
   */
  static KeyUsage usage(dev.sekisho.contract.acmpca.KeyUsage usage) {
    int bits =
        bit(usage.digitalSignature(), KeyUsage.digitalSignature)
            | bit(usage.nonRepudiation(), KeyUsage.nonRepudiation)
            | bit(usage.keyEncipherment(), KeyUsage.keyEncipherment)
            | bit(usage.dataEncipherment(), KeyUsage.dataEncipherment)
            | bit(usage.keyAgreement(), KeyUsage.keyAgreement)
            | bit(usage.keyCertSign(), KeyUsage.keyCertSign)
            | bit(usage.crlSign(), KeyUsage.cRLSign)
            | bit(usage.encipherOnly(), KeyUsage.encipherOnly)
            | bit(usage.decipherOnly(), KeyUsage.decipherOnly);
    if (bits == 0) {
      throw AcmPcaErrors.invalidArgs("A key usage must have at least one of its members.");
    }
    return new KeyUsage(bits);
  }

  private static int bit(@Nullable Boolean set, int bit) {
    return Boolean.TRUE.equals(set) ? bit : 0;
  }

  private static CertificateExtension custom(CustomExtension extension) {
    byte[] value = Base64.getDecoder().decode(extension.value());
    try {
      ASN1Primitive.fromByteArray(value);
    } catch (IOException | IllegalArgumentException malformed) {
      throw AcmPcaErrors.invalidArgs(
          "The value of the extension " + extension.objectIdentifier() + " is not in DER.");
    }
    return new CertificateExtension(
        Subjects.identifier(extension.objectIdentifier()).getId(),
        Boolean.TRUE.equals(extension.critical()),
        Blob.of(value));
  }
}
