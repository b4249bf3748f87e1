package dev.sekisho.acm;

import dev.sekisho.contract.acm.CertificateDetail;
import dev.sekisho.contract.acm.CertificateOptions;
import dev.sekisho.contract.acm.CertificateSummary;
import dev.sekisho.contract.acm.DomainValidation;
import dev.sekisho.contract.acm.ExtendedKeyUsage;
import dev.sekisho.contract.acm.KeyUsage;
import dev.sekisho.contract.acm.RenewalSummary;
import dev.sekisho.contract.acm.ResourceRecord;
import dev.sekisho.crypto.Certificates;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Certificates as the API shows them. */
final class CertificateDetails {

  private static final int SHOWN_NAMES = 100;

  private CertificateDetails() {}

  static CertificateDetail detail(Handle handle, StoredCertificate certificate, Instant now) {
    StoredCertificate.Content content = certificate.content();
    X509Certificate read = content == null ? null : Certificates.one(content.certificate());
    List<DomainValidation> validations = validations(handle, certificate);
    return CertificateDetail.builder()
        .certificateArn(certificate.arn())
        .domainName(certificate.domain())
        .subjectAlternativeNames(certificate.names())
        .domainValidationOptions(validations)
        .serial(content == null ? null : content.serial())
        .subject(read == null ? "CN=" + certificate.domain() : CertificateFacts.subject(read))
        .issuer(read == null ? null : CertificateFacts.issuer(read))
        .createdAt(certificate.createdAt())
        .issuedAt(certificate.issuedAt())
        .importedAt(certificate.importedAt())
        .status(certificate.statusAt(now))
        .revokedAt(certificate.revokedAt())
        .revocationReason(certificate.revocationReason())
        .notBefore(content == null ? null : content.notBefore())
        .notAfter(content == null ? null : content.notAfter())
        .keyAlgorithm(certificate.keyAlgorithm())
        .signatureAlgorithm(read == null ? null : CertificateFacts.signature(read))
        .inUseBy(List.of())
        .failureReason(certificate.failure())
        .type(certificate.kind().name())
        .renewalSummary(renewal(certificate, validations))
        .keyUsages(
            read == null
                ? null
                : CertificateFacts.usages(read).stream()
                    .map(name -> KeyUsage.builder().name(name).build())
                    .toList())
        .extendedKeyUsages(read == null ? null : purposes(read))
        .certificateAuthorityArn(certificate.authority())
        .renewalEligibility(eligibility(certificate))
        .options(options(certificate))
        .certificateKeyPairOrigin(origin(certificate))
        .build();
  }

  private static List<ExtendedKeyUsage> purposes(X509Certificate read) {
    return CertificateFacts.purposes(read).stream()
        .map(
            id -> ExtendedKeyUsage.builder().name(CertificateFacts.purposeName(id)).oid(id).build())
        .toList();
  }

  static String eligibility(StoredCertificate certificate) {
    return certificate.isEligible() ? "ELIGIBLE" : "INELIGIBLE";
  }

  static String origin(StoredCertificate certificate) {
    return certificate.kind() == StoredCertificate.Kind.IMPORTED
        ? "CUSTOMER_PROVIDED"
        : "AWS_MANAGED";
  }

  static String exportOption(StoredCertificate certificate) {
    return certificate.exportable() ? "ENABLED" : "DISABLED";
  }

  private static CertificateOptions options(StoredCertificate certificate) {
    return CertificateOptions.builder()
        .certificateTransparencyLoggingPreference(
            certificate.transparency() ? "ENABLED" : "DISABLED")
        .export(exportOption(certificate))
        .build();
  }

  private static @Nullable RenewalSummary renewal(
      StoredCertificate certificate, @Nullable List<DomainValidation> validations) {
    StoredCertificate.Renewal renewal = certificate.renewal();
    return renewal == null
        ? null
        : RenewalSummary.builder()
            .renewalStatus(renewal.status())
            .renewalStatusReason(renewal.failure())
            .updatedAt(renewal.updatedAt())
            .domainValidationOptions(validations == null ? List.of() : validations)
            .build();
  }

  /** How each name is proved; null for certificates whose names are not. */
  private static @Nullable List<DomainValidation> validations(
      Handle handle, StoredCertificate certificate) {
    if (certificate.kind() != StoredCertificate.Kind.AMAZON_ISSUED) {
      return null;
    }
    Map<String, String> statuses = ValidationStore.of(handle, certificate.arn());
    return certificate.names().stream()
        .map(name ->
            DomainValidation.builder()
                .domainName(name)
                .validationDomain(name)
                .validationStatus(status(certificate, statuses.get(name)))
                .validationMethod("DNS")
                .resourceRecord(record(handle, certificate, name))
                .build())
        .toList();
  }

  private static String status(StoredCertificate certificate, @Nullable String status) {
    return certificate.status() == StoredCertificate.Status.VALIDATION_TIMED_OUT
            && !"SUCCESS".equals(status)
        ? "FAILED"
        : java.util.Objects.requireNonNullElse(status, "PENDING_VALIDATION");
  }

  private static @Nullable ResourceRecord record(
      Handle handle, StoredCertificate certificate, String name) {
    return ValidationStore.find(handle, certificate.account(), name)
        .map(challenge ->
            ResourceRecord.builder()
                .name(challenge.record())
                .type("CNAME")
                .value(challenge.target())
                .build())
        .orElse(null);
  }

  static CertificateSummary summary(StoredCertificate certificate, Instant now) {
    StoredCertificate.Content content = certificate.content();
    X509Certificate read = content == null ? null : Certificates.one(content.certificate());
    List<String> names = certificate.names();
    return CertificateSummary.builder()
        .certificateArn(certificate.arn())
        .domainName(certificate.domain())
        .subjectAlternativeNameSummaries(
            names.size() > SHOWN_NAMES ? names.subList(0, SHOWN_NAMES) : names)
        .hasAdditionalSubjectAlternativeNames(names.size() > SHOWN_NAMES)
        .status(certificate.statusAt(now))
        .type(certificate.kind().name())
        .keyAlgorithm(certificate.keyAlgorithm())
        .keyUsages(read == null ? null : CertificateFacts.usages(read))
        .extendedKeyUsages(read == null ? null : purposeNames(read))
        .exportOption(exportOption(certificate))
        .inUse(false)
        .exported(certificate.exported())
        .renewalEligibility(eligibility(certificate))
        .notBefore(content == null ? null : content.notBefore())
        .notAfter(content == null ? null : content.notAfter())
        .createdAt(certificate.createdAt())
        .issuedAt(certificate.issuedAt())
        .importedAt(certificate.importedAt())
        .revokedAt(certificate.revokedAt())
        .certificateKeyPairOrigin(origin(certificate))
        .build();
  }

  static List<String> purposeNames(X509Certificate read) {
    return CertificateFacts.purposes(read).stream().map(CertificateFacts::purposeName).toList();
  }
}
