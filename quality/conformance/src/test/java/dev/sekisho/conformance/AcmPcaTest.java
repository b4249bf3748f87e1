package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sekisho.crypto.Certificates;
import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.acmpca.AcmPcaClient;
import software.amazon.awssdk.services.acmpca.model.ActionType;
import software.amazon.awssdk.services.acmpca.model.CertificateAuthority;
import software.amazon.awssdk.services.acmpca.model.CertificateAuthorityStatus;
import software.amazon.awssdk.services.acmpca.model.CertificateAuthorityType;
import software.amazon.awssdk.services.acmpca.model.GetCertificateResponse;
import software.amazon.awssdk.services.acmpca.model.KeyAlgorithm;
import software.amazon.awssdk.services.acmpca.model.SigningAlgorithm;
import software.amazon.awssdk.services.acmpca.model.Tag;
import software.amazon.awssdk.services.acmpca.model.ValidityPeriodType;

/** Private authorities and what they issue, through AWS's client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcmPcaTest {

  private SekishoInstance sekisho;
  private AcmPcaClient pca;
  private PrivateAuthorities authorities;
  private String root;
  private String csr;

  @BeforeAll
  void start(@TempDir Path data, @TempDir Path files) throws Exception {
    assumeTrue(PrivateAuthorities.hasOpenssl(), "there is no openssl here");
    sekisho = SekishoInstance.start(data);
    pca = sekisho.client(AcmPcaClient.builder());
    authorities = new PrivateAuthorities(sekisho, pca, files);
    root = authorities.root(r -> {});
    csr = authorities.csr("leaf.example", "-addext", "subjectAltName=DNS:leaf.example");
  }

  @AfterAll
  void stop() {
    if (sekisho != null) {
      pca.close();
      sekisho.close();
    }
  }

  private static void refused(String code, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            software.amazon.awssdk.awscore.exception.AwsServiceException.class,
            refusal -> {
              assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(refusal.statusCode()).isEqualTo(400);
              assertThat(refusal.awsErrorDetails().errorMessage()).contains(message);
            });
  }

  private CertificateAuthority described(String arn) {
    return pca.describeCertificateAuthority(r -> r.certificateAuthorityArn(arn))
        .certificateAuthority();
  }

  private static X509Certificate read(GetCertificateResponse certificate) {
    return Certificates.one(certificate.certificate());
  }

  @Test
  void aRootIsActiveOnceItsOwnCertificateIsImported() {
    CertificateAuthority shown = described(root);

    assertThat(root)
        .matches(
            "arn:aws:acm-pca:us-east-1:000000000001:certificate-authority/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(shown.status()).isEqualTo(CertificateAuthorityStatus.ACTIVE);
    assertThat(shown.type()).isEqualTo(CertificateAuthorityType.ROOT);
    assertThat(shown.ownerAccount()).isEqualTo(SekishoInstance.ACCOUNT);
    assertThat(Duration.between(shown.notBefore(), shown.notAfter()).toDays())
        .isBetween(3_650L, 3_655L);
    X509Certificate own =
        Certificates.one(
            pca.getCertificateAuthorityCertificate(r -> r.certificateAuthorityArn(root))
                .certificate());
    assertThat(own.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
    assertThat(own.getSubjectX500Principal()).isEqualTo(own.getIssuerX500Principal());
    assertThat(shown.serial()).isEqualTo(own.getSerialNumber().toString(16));
  }

  @Test
  void opensslVerifiesALeafOfThreeAuthorities() throws Exception {
    String middle = authorities.below(root, 1, r -> {});
    String lowest = authorities.below(middle, 0, r -> {});
    GetCertificateResponse leaf = authorities.issue(lowest, csr, r -> {});

    assertThat(Certificates.chain(leaf.certificateChain())).hasSize(3);
    String rootFile =
        authorities.file(
            "root.pem",
            pca.getCertificateAuthorityCertificate(r -> r.certificateAuthorityArn(root))
                .certificate());
    assertThat(
            authorities.openssl(
                "verify",
                "-x509_strict",
                "-purpose",
                "sslserver",
                "-verify_hostname",
                "leaf.example",
                "-CAfile",
                rootFile,
                "-untrusted",
                authorities.file("chain.pem", leaf.certificateChain()),
                authorities.file("leaf.pem", leaf.certificate() + "\n")))
        .contains("OK");
    X509Certificate read = read(leaf);
    assertThat(read.getExtendedKeyUsage())
        .containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    assertThat(read.getBasicConstraints()).isEqualTo(-1);
    assertThat(read.getNotBefore().toInstant())
        .isBetween(Instant.now().minusSeconds(3_700), Instant.now().minusSeconds(3_500));
    // Below path length 0 there is no authority, and none of a longer path below a shorter one.
    refused("InvalidArgsException", "path length", () -> authorities.below(lowest, 0, r -> {}));
    refused("InvalidArgsException", "path length", () -> authorities.below(middle, 1, r -> {}));
  }

  @ParameterizedTest
  @CsvSource({
    "RSA_2048, SHA512WITHRSA",
    "RSA_3072, SHA256WITHRSA_PSS",
    "EC_prime256v1, SHA256WITHECDSA",
    "EC_secp384r1, SHA384WITHECDSA",
    "EC_secp521r1, SHA512WITHECDSA",
    "ML_DSA_44, ML_DSA_44",
    "ML_DSA_65, ML_DSA_65",
    "ML_DSA_87, ML_DSA_87"
  })
  void authoritiesHaveKeysOfEachKind(String key, String signing) throws Exception {
    String arn =
        authorities.root(r ->
            r.certificateAuthorityConfiguration(c ->
                c.keyAlgorithm(key).signingAlgorithm(signing).subject(s -> s.commonName(key))));

    X509Certificate leaf = read(authorities.issue(arn, csr, r -> r.signingAlgorithm(signing)));
    leaf.verify(
        Certificates.one(
                pca.getCertificateAuthorityCertificate(r -> r.certificateAuthorityArn(arn))
                    .certificate())
            .getPublicKey());
    refused(
        "InvalidArgsException",
        "must match the algorithm family",
        () ->
            authorities.issue(
                arn,
                csr,
                r ->
                    r.signingAlgorithm(
                        key.startsWith("RSA")
                            ? SigningAlgorithm.SHA256_WITHECDSA
                            : SigningAlgorithm.SHA256_WITHRSA)));
  }

  @Test
  void sm2IsOfOtherRegions() {
    refused(
        "InvalidArgsException",
        "SM2 is not available",
        () ->
            authorities.create(
                CertificateAuthorityType.ROOT,
                "none",
                r ->
                    r.certificateAuthorityConfiguration(c ->
                        c.keyAlgorithm(KeyAlgorithm.SM2)
                            .signingAlgorithm(SigningAlgorithm.SM3_WITHSM2)
                            .subject(s -> s.commonName("none")))));
  }

  @ParameterizedTest
  @CsvSource({
    "EndEntityClientAuthCertificate, 1.3.6.1.5.5.7.3.2",
    "EndEntityServerAuthCertificate, 1.3.6.1.5.5.7.3.1",
    "CodeSigningCertificate, 1.3.6.1.5.5.7.3.3",
    "OCSPSigningCertificate, 1.3.6.1.5.5.7.3.9"
  })
  void templatesSayWhatACertificateIsFor(String template, String purpose) throws Exception {
    for (String variant : List.of("", "_CSRPassthrough", "_APIPassthrough", "_APICSRPassthrough")) {
      X509Certificate leaf =
          read(
              authorities.issue(
                  root,
                  csr,
                  r -> r.templateArn(PrivateAuthorities.TEMPLATES + template + variant + "/V1")));
      assertThat(leaf.getExtendedKeyUsage()).containsExactly(purpose);
      assertThat(leaf.getSubjectAlternativeNames()).containsExactly(List.of(2, "leaf.example"));
    }
  }

  @Test
  void whoseWishesCountIsForTheTemplateToSay() throws Exception {
    String wishes =
        authorities.csr(
            "wishes.example",
            "-addext",
            "extendedKeyUsage=emailProtection",
            "-addext",
            "basicConstraints=critical,CA:TRUE");
    String blank = PrivateAuthorities.TEMPLATES + "BlankEndEntityCertificate";

    X509Certificate byRequest =
        read(authorities.issue(root, wishes, r -> r.templateArn(blank + "_CSRPassthrough/V1")));
    assertThat(byRequest.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.4");
    // Nobody becomes an authority by asking for it.
    assertThat(byRequest.getBasicConstraints()).isEqualTo(-1);
    X509Certificate byCall =
        read(
            authorities.issue(
                root,
                wishes,
                r ->
                    r.templateArn(blank + "_APICSRPassthrough/V1")
                        .apiPassthrough(a ->
                            a.subject(s -> s.commonName("called.example").organization("関所"))
                                .extensions(e ->
                                    e.extendedKeyUsage(u -> u.extendedKeyUsageType("TIME_STAMPING"))
                                        .keyUsage(k -> k.digitalSignature(true))
                                        .certificatePolicies(p ->
                                            p.certPolicyId("1.3.6.1.4.1.99999.1")
                                                .policyQualifiers(q ->
                                                    q.policyQualifierId("CPS")
                                                        .qualifier(
                                                            u -> u.cpsUri("https://cps.example"))))
                                        .subjectAlternativeNames(
                                            n -> n.dnsName("called.example"),
                                            n -> n.ipAddress("192.0.2.7"),
                                            n -> n.rfc822Name("a@called.example"))
                                        .customExtensions(c ->
                                            c.objectIdentifier("1.3.6.1.4.1.99999.2")
                                                .value("BAMBAgM=")
                                                .critical(true))))));
    assertThat(byCall.getSubjectX500Principal().getName())
        .contains("CN=called.example")
        .contains("関所");
    assertThat(byCall.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.8");
    assertThat(byCall.getSubjectAlternativeNames()).hasSize(3);
    assertThat(byCall.getCriticalExtensionOIDs()).contains("1.3.6.1.4.1.99999.2");
    // Without a template that takes it, what the call wishes is not heard.
    X509Certificate plain =
        read(
            authorities.issue(
                root,
                wishes,
                r -> r.apiPassthrough(a -> a.subject(s -> s.commonName("called.example")))));
    assertThat(plain.getSubjectX500Principal().getName()).isEqualTo("CN=wishes.example");
    assertThat(plain.getExtendedKeyUsage()).doesNotContain("1.3.6.1.5.5.7.3.4");
    for (String none :
        List.of("BlankEndEntityCertificate/V1", "Nothing/V1", "EndEntityCertificate/V2")) {
      refused(
          "InvalidArgsException",
          "does not exist",
          () ->
              authorities.issue(
                  root, csr, r -> r.templateArn(PrivateAuthorities.TEMPLATES + none)));
    }
  }

  @Test
  void validityIsSaidInFiveWaysAndEndsBeforeTheAuthoritys() throws Exception {
    Instant now = Instant.now();
    assertThat(end(ValidityPeriodType.DAYS, 3)).isCloseTo(now.plus(Duration.ofDays(3)), close());
    assertThat(end(ValidityPeriodType.MONTHS, 2))
        .isBetween(now.plus(Duration.ofDays(58)), now.plus(Duration.ofDays(63)));
    assertThat(end(ValidityPeriodType.YEARS, 1))
        .isBetween(now.plus(Duration.ofDays(364)), now.plus(Duration.ofDays(367)));
    assertThat(end(ValidityPeriodType.ABSOLUTE, 1_893_456_000L))
        .isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
    assertThat(end(ValidityPeriodType.END_DATE, 20300102030405L))
        .isEqualTo(Instant.parse("2030-01-02T03:04:05Z"));
    assertThat(end(ValidityPeriodType.END_DATE, 300102030405L))
        .isEqualTo(Instant.parse("2030-01-02T03:04:05Z"));
    refused(
        "InvalidArgsException",
        "exceeds the certificate authority validity",
        () -> end(ValidityPeriodType.YEARS, 11));
    refused("InvalidArgsException", "not valid", () -> end(ValidityPeriodType.END_DATE, 1));
    refused("InvalidArgsException", "not valid", () -> end(ValidityPeriodType.YEARS, 1L << 50));
    refused("InvalidArgsException", "ends before", () -> end(ValidityPeriodType.ABSOLUTE, 5));
  }

  private Instant end(ValidityPeriodType type, long value) {
    return read(authorities.issue(root, csr, r -> r.validity(v -> v.type(type).value(value))))
        .getNotAfter()
        .toInstant();
  }

  private static org.assertj.core.data.TemporalUnitOffset close() {
    return new org.assertj.core.data.TemporalUnitWithinOffset(
        60, java.time.temporal.ChronoUnit.SECONDS);
  }

  @Test
  void shortLivedMeansAWeek() throws Exception {
    String arn = authorities.root(r -> r.usageMode("SHORT_LIVED_CERTIFICATE"));

    assertThat(authorities.issue(arn, csr, r -> r.validity(v -> v.type("DAYS").value(7L))))
        .isNotNull();
    refused(
        "InvalidArgsException",
        "seven days",
        () -> authorities.issue(arn, csr, r -> r.validity(v -> v.type("DAYS").value(8L))));
  }

  @Test
  void hostileRequestsAreRefused() throws Exception {
    refused("MalformedCSRException", "PEM", () -> authorities.issue(root, "nonsense", r -> {}));
    String forged = csr.replaceFirst("(?s)A", "B");
    refused("MalformedCSRException", "", () -> authorities.issue(root, forged, r -> {}));
    for (String names :
        List.of("DNS:a b.example", "DNS:*.*.example", "DNS:xn--\u00e9.example", "DNS:a*.example")) {
      String hostile = authorities.csr("x", "-addext", "subjectAltName=" + names);
      refused("MalformedCSRException", "", () -> authorities.issue(root, hostile, r -> {}));
    }
  }

  @Test
  void aNameConstraintOfAnAuthorityHolds() throws Exception {
    String arn = authorities.create(CertificateAuthorityType.SUBORDINATE, "Narrow", r -> {});
    GetCertificateResponse own =
        authorities.issue(
            root,
            authorities.csrOf(arn),
            r ->
                r.templateArn(
                        PrivateAuthorities.TEMPLATES
                            + "SubordinateCACertificate_PathLen0_APIPassthrough/V1")
                    .validity(v -> v.type("YEARS").value(1L))
                    .apiPassthrough(a ->
                        a.extensions(e ->
                            e.customExtensions(c ->
                                // permitted: dNSName example.com
                                c.objectIdentifier("2.5.29.30")
                                    .critical(true)
                                    .value("MBGgDzANggtleGFtcGxlLmNvbQ==")))));
    authorities.activate(arn, own);
    String inside = authorities.csr("", "-addext", "subjectAltName=DNS:www.example.com");
    String outside = authorities.csr("", "-addext", "subjectAltName=DNS:www.example.net");

    assertThat(authorities.issue(arn, inside, r -> {}).certificate()).isNotBlank();
    refused(
        "MalformedCSRException", "name constraint", () -> authorities.issue(arn, outside, r -> {}));
  }

  @Test
  void onlyItsOwnCertificateIsImported() throws Exception {
    String arn = authorities.create(CertificateAuthorityType.SUBORDINATE, "Import", r -> {});
    String other = authorities.create(CertificateAuthorityType.SUBORDINATE, "Import", r -> {});
    GetCertificateResponse own = subordinate(arn);
    GetCertificateResponse others = subordinate(other);

    refused("CertificateMismatchException", "", () -> authorities.activate(arn, others));
    refused(
        "InvalidArgsException",
        "must not be empty",
        () ->
            pca.importCertificateAuthorityCertificate(r ->
                r.certificateAuthorityArn(arn)
                    .certificate(SdkBytes.fromUtf8String(own.certificate()))));
    refused(
        "MalformedCertificateException",
        "",
        () ->
            pca.importCertificateAuthorityCertificate(r ->
                r.certificateAuthorityArn(arn)
                    .certificate(SdkBytes.fromUtf8String(own.certificate()))
                    .certificateChain(SdkBytes.fromUtf8String(others.certificate()))));
    refused(
        "MalformedCertificateException",
        "",
        () ->
            pca.importCertificateAuthorityCertificate(
                r -> r.certificateAuthorityArn(arn).certificate(SdkBytes.fromUtf8String("x"))));
    assertThat(described(arn).status()).isEqualTo(CertificateAuthorityStatus.PENDING_CERTIFICATE);
    refused(
        "InvalidStateException", "PENDING_CERTIFICATE", () -> authorities.issue(arn, csr, r -> {}));
    refused(
        "InvalidStateException",
        "PENDING_CERTIFICATE",
        () -> pca.getCertificateAuthorityCertificate(r -> r.certificateAuthorityArn(arn)));
    authorities.activate(arn, own);
    assertThat(described(arn).status()).isEqualTo(CertificateAuthorityStatus.ACTIVE);
  }

  private GetCertificateResponse subordinate(String arn) {
    return authorities.issue(
        root,
        authorities.csrOf(arn),
        r -> r.templateArn(PrivateAuthorities.TEMPLATES + "SubordinateCACertificate_PathLen0/V1"));
  }

  @Test
  void theSameTokenMakesTheSameThing() {
    String first =
        authorities.create(CertificateAuthorityType.ROOT, "Once", r -> r.idempotencyToken("once"));
    String second =
        authorities.create(CertificateAuthorityType.ROOT, "Once", r -> r.idempotencyToken("once"));
    String certificate = authorities.issued(root, csr, r -> r.idempotencyToken("leaf"));

    assertThat(second).isEqualTo(first);
    assertThat(authorities.issued(root, csr, r -> r.idempotencyToken("leaf")))
        .isEqualTo(certificate);
    assertThat(authorities.issued(root, csr, r -> r.idempotencyToken("other")))
        .isNotEqualTo(certificate);
  }

  @Test
  void anAuthorityIsDisabledDeletedAndRestored() throws Exception {
    String arn = authorities.root(r -> {});

    refused(
        "InvalidStateException",
        "ACTIVE",
        () -> pca.deleteCertificateAuthority(r -> r.certificateAuthorityArn(arn)));
    pca.updateCertificateAuthority(r -> r.certificateAuthorityArn(arn).status("DISABLED"));
    refused("InvalidStateException", "DISABLED", () -> authorities.issue(arn, csr, r -> {}));
    pca.deleteCertificateAuthority(
        r -> r.certificateAuthorityArn(arn).permanentDeletionTimeInDays(7));
    assertThat(described(arn).status()).isEqualTo(CertificateAuthorityStatus.DELETED);
    assertThat(described(arn).restorableUntil())
        .isCloseTo(Instant.now().plus(Duration.ofDays(7)), close());
    refused(
        "InvalidStateException",
        "DELETED",
        () -> pca.updateCertificateAuthority(r -> r.certificateAuthorityArn(arn).status("ACTIVE")));
    pca.restoreCertificateAuthority(r -> r.certificateAuthorityArn(arn));
    assertThat(described(arn).status()).isEqualTo(CertificateAuthorityStatus.DISABLED);
    pca.updateCertificateAuthority(r -> r.certificateAuthorityArn(arn).status("ACTIVE"));
    assertThat(authorities.issue(arn, csr, r -> {})).isNotNull();
    refused(
        "InvalidStateException",
        "ACTIVE",
        () -> pca.restoreCertificateAuthority(r -> r.certificateAuthorityArn(arn)));
  }

  @Test
  void authoritiesAreListedPageByPage() {
    for (int i = 0; i < 5; i++) {
      authorities.create(CertificateAuthorityType.ROOT, "Listed " + i, r -> {});
    }

    List<String> all =
        pca.listCertificateAuthoritiesPaginator(r -> r.maxResults(2)).stream()
            .peek(page -> assertThat(page.certificateAuthorities()).hasSizeLessThanOrEqualTo(2))
            .flatMap(page -> page.certificateAuthorities().stream())
            .map(CertificateAuthority::arn)
            .toList();

    assertThat(all).doesNotHaveDuplicates().contains(root).hasSizeGreaterThan(5);
    refused(
        "InvalidNextTokenException",
        "",
        () -> pca.listCertificateAuthorities(r -> r.nextToken("none")));
  }

  @Test
  void tagsArePutAndTakenOff() {
    String arn =
        authorities.create(
            CertificateAuthorityType.ROOT,
            "Tagged",
            r -> r.tags(tag("team", "gate"), tag("cost", "1")));
    pca.tagCertificateAuthority(
        r -> r.certificateAuthorityArn(arn).tags(tag("cost", "2"), tag("more", "x")));
    pca.untagCertificateAuthority(
        r -> r.certificateAuthorityArn(arn).tags(tag("cost", "1"), tag("more", null)));

    // The value that was to be taken off is another one by now.
    assertThat(pca.listTags(r -> r.certificateAuthorityArn(arn).maxResults(1)).tags())
        .containsExactly(tag("cost", "2"));
    assertThat(pca.listTagsPaginator(r -> r.certificateAuthorityArn(arn).maxResults(1)).tags())
        .containsExactly(tag("cost", "2"), tag("team", "gate"));
    refused(
        "InvalidTagException",
        "reserved",
        () ->
            pca.tagCertificateAuthority(
                r -> r.certificateAuthorityArn(arn).tags(tag("aws:x", "y"))));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  void aServiceIsPermittedToActByItself() {
    pca.createPermission(r ->
        r.certificateAuthorityArn(root)
            .principal("acm.amazonaws.com")
            .actions(ActionType.ISSUE_CERTIFICATE, ActionType.GET_CERTIFICATE));

    assertThat(pca.listPermissions(r -> r.certificateAuthorityArn(root)).permissions())
        .singleElement()
        .satisfies(permission -> {
          assertThat(permission.principal()).isEqualTo("acm.amazonaws.com");
          assertThat(permission.sourceAccount()).isEqualTo(SekishoInstance.ACCOUNT);
          assertThat(permission.actions())
              .containsExactly(ActionType.ISSUE_CERTIFICATE, ActionType.GET_CERTIFICATE);
        });
    refused(
        "PermissionAlreadyExistsException",
        "",
        () ->
            pca.createPermission(r ->
                r.certificateAuthorityArn(root)
                    .principal("acm.amazonaws.com")
                    .actions(ActionType.LIST_PERMISSIONS)));
    refused(
        "RequestFailedException",
        "acm.amazonaws.com",
        () ->
            pca.createPermission(r ->
                r.certificateAuthorityArn(root)
                    .principal("s3.amazonaws.com")
                    .actions(ActionType.LIST_PERMISSIONS)));
    pca.deletePermission(r -> r.certificateAuthorityArn(root).principal("acm.amazonaws.com"));
    assertThat(pca.listPermissions(r -> r.certificateAuthorityArn(root)).permissions()).isEmpty();
    refused(
        "ResourceNotFoundException",
        "",
        () ->
            pca.deletePermission(
                r -> r.certificateAuthorityArn(root).principal("acm.amazonaws.com")));
  }

  @Test
  void whatIsNotThereIsNotFound() {
    String missing = root.substring(0, root.length() - 4) + "0000";
    refused("ResourceNotFoundException", missing, () -> described(missing));
    refused("InvalidArnException", "", () -> described(root.replace("us-east-1", "eu-west-1")));
    refused(
        "ResourceNotFoundException",
        "",
        () ->
            pca.getCertificate(r ->
                r.certificateAuthorityArn(root)
                    .certificateArn(root + "/certificate/" + "0".repeat(32))));
    refused("ResourceNotFoundException", "", () -> pca.getPolicy(r -> r.resourceArn(root)));
    refused(
        "ResourceNotFoundException",
        "",
        () ->
            pca.describeCertificateAuthorityAuditReport(r ->
                r.certificateAuthorityArn(root)
                    .auditReportId("00000000-0000-0000-0000-000000000000")));
  }
}
