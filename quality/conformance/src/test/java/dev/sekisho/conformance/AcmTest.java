package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.crypto.Certificates;
import dev.sekisho.server.outside.DnsResolver;
import dev.sekisho.testing.PlainClient;
import dev.sekisho.testing.SekishoInstance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.CertificateStatus;
import software.amazon.awssdk.services.acm.model.CertificateSummary;
import software.amazon.awssdk.services.acm.model.CertificateType;
import software.amazon.awssdk.services.acm.model.DomainStatus;
import software.amazon.awssdk.services.acm.model.DomainValidation;
import software.amazon.awssdk.services.acm.model.ExportCertificateResponse;
import software.amazon.awssdk.services.acm.model.FailureReason;
import software.amazon.awssdk.services.acm.model.GetCertificateResponse;
import software.amazon.awssdk.services.acm.model.KeyAlgorithm;
import software.amazon.awssdk.services.acm.model.RenewalEligibility;
import software.amazon.awssdk.services.acm.model.RenewalStatus;
import software.amazon.awssdk.services.acm.model.RequestCertificateRequest;
import software.amazon.awssdk.services.acm.model.SortBy;
import software.amazon.awssdk.services.acm.model.SortOrder;
import software.amazon.awssdk.services.acm.model.Tag;
import software.amazon.awssdk.services.acm.model.ValidationMethod;
import software.amazon.awssdk.services.acmpca.AcmPcaClient;
import software.amazon.awssdk.services.acmpca.model.ActionType;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;

/** Certificates asked for, proved, issued, imported, exported and renewed, by AWS's client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcmTest {

  private static final String PASSPHRASE = "correct horse";
  private static final ObjectMapper JSON = new ObjectMapper();

  private DnsServer dns;
  private SekishoInstance sekisho;
  private AcmClient acm;
  private AcmPcaClient pca;
  private PrivateAuthorities tools;
  private Path files;

  @BeforeAll
  void start(@TempDir Path data, @TempDir Path folder) throws Exception {
    assumeTrue(PrivateAuthorities.hasOpenssl(), "there is no openssl here");
    files = folder;
    dns = new DnsServer();
    sekisho = SekishoInstance.start(data, options -> options.with(new DnsResolver(dns.address())));
    acm = sekisho.client(AcmClient.builder());
    pca = sekisho.client(AcmPcaClient.builder());
    tools = new PrivateAuthorities(sekisho, pca, folder);
  }

  @AfterAll
  void stop() {
    if (sekisho != null) {
      pca.close();
      acm.close();
      sekisho.close();
      dns.close();
    }
  }

  private static void refused(String code, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            refusal -> {
              assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(refusal.statusCode()).isEqualTo(400);
              assertThat(refusal.awsErrorDetails().errorMessage()).contains(message);
            });
  }

  private CertificateDetail described(String arn) {
    return acm.describeCertificate(r -> r.certificateArn(arn)).certificate();
  }

  private String request(String name, Consumer<RequestCertificateRequest.Builder> more) {
    return acm.requestCertificate(
            r -> more.accept(r.domainName(name).validationMethod(ValidationMethod.DNS)))
        .certificateArn();
  }

  private void publish(String arn) {
    for (DomainValidation each : described(arn).domainValidationOptions()) {
      dns.alias(each.resourceRecord().name(), each.resourceRecord().value());
    }
  }

  /** A public certificate that is proved and issued. */
  private String issued(String name, Consumer<RequestCertificateRequest.Builder> more)
      throws Exception {
    String arn = request(name, more);
    publish(arn);
    tools.advance("PT2M");
    assertThat(described(arn).status()).isEqualTo(CertificateStatus.ISSUED);
    return arn;
  }

  private ExportCertificateResponse export(String arn) {
    return acm.exportCertificate(
        r -> r.certificateArn(arn).passphrase(SdkBytes.fromUtf8String(PASSPHRASE)));
  }

  private JsonNode call(String operation, String body) throws Exception {
    try (PlainClient plain = new PlainClient(sekisho.address(), SekishoInstance.ROOT)) {
      return JSON.readTree(plain.json("acm", "CertificateManager." + operation, body).body());
    }
  }

  @Test
  void aPublicCertificateIsIssuedOnceItsNamesAreInDns() throws Exception {
    String arn =
        request(
            "shop.example.com",
            r ->
                r.subjectAlternativeNames("*.shop.example.com", "SHOP.example.com", "b.example.org")
                    .keyAlgorithm(KeyAlgorithm.EC_PRIME256_V1));

    CertificateDetail asked = described(arn);
    assertThat(arn).matches("arn:aws:acm:us-east-1:000000000001:certificate/[0-9a-f-]{36}");
    assertThat(asked.status()).isEqualTo(CertificateStatus.PENDING_VALIDATION);
    assertThat(asked.type()).isEqualTo(CertificateType.AMAZON_ISSUED);
    assertThat(asked.subjectAlternativeNames())
        .containsExactly("shop.example.com", "*.shop.example.com", "b.example.org");
    List<DomainValidation> validations = asked.domainValidationOptions();
    assertThat(validations.get(0).resourceRecord().name())
        .matches("_[0-9a-f]{32}\\.shop\\.example\\.com\\.");
    assertThat(validations.get(0).resourceRecord().value())
        .matches("_[0-9a-f]{32}\\.[a-z]{10}\\.acm-validations\\.aws\\.");
    // A wildcard is proved by the same entry.
    assertThat(validations.get(1).resourceRecord()).isEqualTo(validations.get(0).resourceRecord());
    refused(
        "RequestInProgressException", arn, () -> acm.getCertificate(r -> r.certificateArn(arn)));

    dns.alias(
        validations.get(0).resourceRecord().name(), validations.get(0).resourceRecord().value());
    tools.advance("PT2M");
    assertThat(described(arn).status()).isEqualTo(CertificateStatus.PENDING_VALIDATION);
    assertThat(described(arn).domainValidationOptions())
        .extracting(DomainValidation::validationStatus)
        .containsExactly(
            DomainStatus.SUCCESS, DomainStatus.SUCCESS, DomainStatus.PENDING_VALIDATION);
    publish(arn);
    tools.advance("PT2M");

    assertThat(described(arn).status()).isEqualTo(CertificateStatus.ISSUED);
    GetCertificateResponse got = acm.getCertificate(r -> r.certificateArn(arn));
    String root =
        new String(
            tools.fetch(sekisho.address() + "/_sekisho/pki/root.pem"), StandardCharsets.US_ASCII);
    assertThat(
            tools.openssl(
                "verify",
                "-x509_strict",
                "-attime",
                String.valueOf(sekisho.clock().instant().getEpochSecond()),
                "-verify_hostname",
                "a.shop.example.com",
                "-CAfile",
                tools.file("public-root.pem", root),
                "-untrusted",
                tools.file("public-chain.pem", got.certificateChain()),
                tools.file("public.pem", got.certificate())))
        .contains("OK");
    assertThat(described(arn).serial())
        .isEqualTo(
            Certificates.one(got.certificate())
                .getSerialNumber()
                .toString(16)
                .replaceAll("(..)(?!$)", "$1:"));
  }

  @Test
  void theEntryOfANameIsTheSameForEveryRequest() {
    String first = request("stable.example.com", r -> {});
    String second = request("stable.example.com", r -> r.idempotencyToken("other"));

    assertThat(second).isNotEqualTo(first);
    assertThat(described(second).domainValidationOptions().getFirst().resourceRecord())
        .isEqualTo(described(first).domainValidationOptions().getFirst().resourceRecord());
    assertThat(request("once.example.com", r -> r.idempotencyToken("once")))
        .isEqualTo(request("once.example.com", r -> r.idempotencyToken("once")));
  }

  @Test
  void whatIsNotProvedInThreeDaysTimesOut() throws Exception {
    String arn = request("nobody.example.com", r -> {});
    tools.advance("P3DT5M");

    assertThat(described(arn).status()).isEqualTo(CertificateStatus.VALIDATION_TIMED_OUT);
    assertThat(described(arn).domainValidationOptions().getFirst().validationStatus())
        .isEqualTo(DomainStatus.FAILED);
  }

  @Test
  void aZoneThatKeepsSilentHoldsUpNobodyElse() throws Exception {
    String silent = request("silent.example.com", r -> {});
    dns.silence(described(silent).domainValidationOptions().getFirst().resourceRecord().name());
    String other = request("beside.example.com", r -> {});
    publish(other);
    tools.advance("PT1S");

    assertThat(described(silent).status()).isEqualTo(CertificateStatus.PENDING_VALIDATION);
    assertThat(described(other).status()).isEqualTo(CertificateStatus.ISSUED);
    publish(silent);
    tools.advance("PT2M");
    assertThat(described(silent).status()).isEqualTo(CertificateStatus.ISSUED);
  }

  @Test
  void aWrongEntryProvesNothing() throws Exception {
    String arn = request("wrong.example.com", r -> {});
    dns.alias(
        described(arn).domainValidationOptions().getFirst().resourceRecord().name(),
        "elsewhere.acm-validations.aws.");
    tools.advance("PT2M");

    assertThat(described(arn).status()).isEqualTo(CertificateStatus.PENDING_VALIDATION);
  }

  @Test
  void requestsThatCannotBeAreRefused() {
    refused(
        "InvalidParameterException",
        "EMAIL is not available",
        () -> acm.requestCertificate(r -> r.domainName("mail.example.com")));
    refused(
        "InvalidParameterException",
        "RSA_1024",
        () -> request("weak.example.com", r -> r.keyAlgorithm(KeyAlgorithm.RSA_1024)));
    refused(
        "InvalidParameterException", "64", () -> request("a".repeat(60) + ".example.com", r -> {}));
    refused(
        "InvalidDomainValidationOptionsException",
        "other.example.com",
        () ->
            request(
                "one.example.com",
                r ->
                    r.domainValidationOptions(
                        o -> o.domainName("other.example.com").validationDomain("example.com"))));
    refused("ValidationException", "", () -> request("a.*.example.com", r -> {}));
    refused("ValidationException", "", () -> request("b\u00fccher.example.com", r -> {}));
  }

  @Test
  void onlyCertificatesMadeForItAreExported() throws Exception {
    String closed = issued("closed.example.com", r -> {});
    String open = issued("open.example.com", r -> r.options(o -> o.export("ENABLED")));

    refused("ValidationException", "not eligible for export", () -> export(closed));
    for (String bad : List.of("with#hash", "with$dollar", "with%percent")) {
      refused(
          "ValidationException",
          "passphrase",
          () ->
              acm.exportCertificate(
                  r -> r.certificateArn(open).passphrase(SdkBytes.fromUtf8String(bad))));
    }
    assertThat(described(open).renewalEligibility()).isEqualTo(RenewalEligibility.INELIGIBLE);
    ExportCertificateResponse exported = export(open);
    assertThat(exported.privateKey()).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
    String key = tools.file("exported.key", exported.privateKey());
    assertThat(tools.openssl("pkey", "-in", key, "-passin", "pass:" + PASSPHRASE, "-pubout"))
        .isEqualTo(
            tools.openssl(
                "x509",
                "-in",
                tools.file("exported.pem", exported.certificate()),
                "-noout",
                "-pubkey"));
    assertThat(described(open).renewalEligibility()).isEqualTo(RenewalEligibility.ELIGIBLE);
  }

  @Test
  void whatWasExportedIsRenewedBeforeItExpires() throws Exception {
    String arn = issued("renew.example.com", r -> r.options(o -> o.export("ENABLED")));
    X509Certificate first = Certificates.one(export(arn).certificate());
    DomainValidation entry = described(arn).domainValidationOptions().getFirst();
    tools.advance("P130D");
    assertThat(described(arn).renewalSummary()).isNull();
    dns.forget(entry.resourceRecord().name());
    tools.advance("P10D");

    assertThat(described(arn).renewalSummary().renewalStatus())
        .isEqualTo(RenewalStatus.PENDING_VALIDATION);
    dns.alias(entry.resourceRecord().name(), entry.resourceRecord().value());
    tools.advance("PT5M");
    assertThat(described(arn).renewalSummary().renewalStatus()).isEqualTo(RenewalStatus.SUCCESS);
    X509Certificate second =
        Certificates.one(acm.getCertificate(r -> r.certificateArn(arn)).certificate());
    assertThat(second.getNotAfter()).isAfter(first.getNotAfter());
    assertThat(second.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
    acm.renewCertificate(r -> r.certificateArn(arn));
    tools.advance("PT1M");
    assertThat(described(arn).serial())
        .isNotEqualTo(second.getSerialNumber().toString(16).replaceAll("(..)(?!$)", "$1:"));
  }

  @Test
  void aPrivateCertificateIsIssuedByTheAuthorityAndRenewedWithItsPermission() throws Exception {
    String authority = tools.root(r -> {});
    String arn =
        acm.requestCertificate(r ->
                r.domainName("inside.example.internal")
                    .subjectAlternativeNames("also.example.internal")
                    .keyAlgorithm(KeyAlgorithm.EC_SECP384_R1)
                    .certificateAuthorityArn(authority))
            .certificateArn();

    CertificateDetail issued = described(arn);
    assertThat(issued.status()).isEqualTo(CertificateStatus.ISSUED);
    assertThat(issued.type()).isEqualTo(CertificateType.PRIVATE);
    assertThat(issued.certificateAuthorityArn()).isEqualTo(authority);
    assertThat(issued.issuer()).isEqualTo("Sekisho");
    ExportCertificateResponse exported = export(arn);
    Certificates.one(exported.certificate())
        .verify(Certificates.one(exported.certificateChain()).getPublicKey());
    acm.renewCertificate(r -> r.certificateArn(arn));
    tools.advance("PT1M");
    assertThat(described(arn).renewalSummary().renewalStatus()).isEqualTo(RenewalStatus.FAILED);
    assertThat(described(arn).renewalSummary().renewalStatusReason())
        .isEqualTo(FailureReason.PCA_ACCESS_DENIED);
    pca.createPermission(r ->
        r.certificateAuthorityArn(authority)
            .principal("acm.amazonaws.com")
            .actions(ActionType.ISSUE_CERTIFICATE, ActionType.GET_CERTIFICATE));
    tools.advance("PT13H");
    assertThat(described(arn).renewalSummary().renewalStatus()).isEqualTo(RenewalStatus.SUCCESS);
    assertThat(described(arn).serial()).isNotEqualTo(issued.serial());
    try (CloudTrailClient trail = sekisho.client(CloudTrailClient.builder())) {
      assertThat(
              trail
                  .lookupEvents(r ->
                      r.lookupAttributes(
                          a -> a.attributeKey("EventName").attributeValue("IssueCertificate")))
                  .events())
          .anySatisfy(event ->
              assertThat(event.cloudTrailEvent()).contains("\"invokedBy\":\"acm.amazonaws.com\""));
    }
  }

  @Test
  void whatTheAuthorityRefusesIsSaidByTheStatus() {
    String missing =
        "arn:aws:acm-pca:us-east-1:000000000001:certificate-authority/"
            + "00000000-0000-0000-0000-000000000000";
    String arn =
        acm.requestCertificate(
                r -> r.domainName("inside.example.internal").certificateAuthorityArn(missing))
            .certificateArn();

    assertThat(described(arn).status()).isEqualTo(CertificateStatus.FAILED);
    assertThat(described(arn).failureReason()).isEqualTo(FailureReason.PCA_RESOURCE_NOT_FOUND);
    refused(
        "ValidationException", "not issued", () -> acm.getCertificate(r -> r.certificateArn(arn)));
  }

  private String self(String name, String... more) throws Exception {
    Path key = files.resolve(name + ".key");
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-sha256",
                "-days",
                "3650",
                "-keyout",
                key.toString(),
                "-subj",
                "/CN=" + name,
                "-out",
                files.resolve(name + ".pem").toString()));
    command.addAll(List.of(more));
    tools.openssl(command.toArray(String[]::new));
    return name;
  }

  private SdkBytes bytes(String file) throws Exception {
    return SdkBytes.fromByteArray(Files.readAllBytes(files.resolve(file)));
  }

  private String imported(String name) throws Exception {
    SdkBytes certificate = bytes(name + ".pem");
    SdkBytes key = bytes(name + ".key");
    return acm.importCertificate(r -> r.certificate(certificate).privateKey(key)).certificateArn();
  }

  @Test
  void anImportedCertificateFitsItsKeyAndKeepsItsArnWhenItIsImportedAgain() throws Exception {
    self("import.example.com");
    self("another.example.com");
    String arn = imported("import.example.com");

    CertificateDetail detail = described(arn);
    assertThat(detail.type()).isEqualTo(CertificateType.IMPORTED);
    assertThat(detail.domainName()).isEqualTo("import.example.com");
    assertThat(detail.keyAlgorithm()).isEqualTo(KeyAlgorithm.RSA_2048);
    assertThat(detail.signatureAlgorithm()).isEqualTo("SHA256WITHRSA");
    SdkBytes certificate = bytes("another.example.com.pem");
    SdkBytes key = bytes("another.example.com.key");
    SdkBytes wrongKey = bytes("import.example.com.key");
    refused(
        "ValidationException",
        "do not match",
        () -> acm.importCertificate(r -> r.certificate(certificate).privateKey(wrongKey)));
    acm.importCertificate(r -> r.certificateArn(arn).certificate(certificate).privateKey(key));
    assertThat(described(arn).domainName()).isEqualTo("another.example.com");
    assertThat(described(arn).serial()).isNotEqualTo(detail.serial());
    refused("ValidationException", "not eligible", () -> export(arn));
    refused(
        "ValidationException",
        "not eligible",
        () -> acm.renewCertificate(r -> r.certificateArn(arn)));
    acm.deleteCertificate(r -> r.certificateArn(arn));
    refused("ResourceNotFoundException", arn, () -> described(arn));
  }

  @Test
  void hostileImportsAreRefused() throws Exception {
    self("weak.example.com", "-sha1");
    refused("ValidationException", "signature algorithm", () -> imported("weak.example.com"));
    self("negative.example.com", "-set_serial", "-5");
    refused("ValidationException", "serial number", () -> imported("negative.example.com"));
    self("good.example.com");
    SdkBytes certificate = bytes("good.example.com.pem");
    SdkBytes key = bytes("good.example.com.key");
    SdkBytes twice =
        SdkBytes.fromUtf8String(certificate.asUtf8String() + certificate.asUtf8String());
    refused(
        "ValidationException",
        "PEM",
        () -> acm.importCertificate(r -> r.certificate(twice).privateKey(key)));
    refused(
        "ValidationException",
        "private key",
        () -> acm.importCertificate(r -> r.certificate(certificate).privateKey(certificate)));
    self("stranger.example.com");
    SdkBytes chain = bytes("stranger.example.com.pem");
    refused(
        "ValidationException",
        "certificate chain",
        () ->
            acm.importCertificate(
                r -> r.certificate(certificate).privateKey(key).certificateChain(chain)));
  }

  @Test
  void listsFilterAndGoOnWhereTheyEnded() throws Exception {
    String first = request("list-a.example.com", r -> {});
    String second = request("list-b.example.com", r -> r.keyAlgorithm(KeyAlgorithm.EC_PRIME256_V1));
    String third = request("list-c.example.com", r -> {});

    List<String> usual = arns(r -> {});
    assertThat(usual).contains(first, third).doesNotContain(second);
    assertThat(arns(r -> r.includes(i -> i.keyTypes(KeyAlgorithm.EC_PRIME256_V1))))
        .contains(second)
        .doesNotContain(first);
    List<String> oldestFirst =
        arns(r -> r.sortBy(SortBy.CREATED_AT).sortOrder(SortOrder.ASCENDING).maxItems(1));
    assertThat(oldestFirst).doesNotHaveDuplicates().containsSubsequence(first, third);
    assertThat(oldestFirst.reversed()).isEqualTo(usual);
    refused(
        "ValidationException",
        "together",
        () -> acm.listCertificates(r -> r.sortBy(SortBy.CREATED_AT)));
    refused("ValidationException", "token", () -> acm.listCertificates(r -> r.nextToken("none")));
  }

  private List<String> arns(
      Consumer<software.amazon.awssdk.services.acm.model.ListCertificatesRequest.Builder> more) {
    return acm.listCertificatesPaginator(more).certificateSummaryList().stream()
        .map(CertificateSummary::certificateArn)
        .toList();
  }

  @Test
  void searchesJoinFilters() throws Exception {
    String found = request("find-me.example.com", r -> {});
    request("find-not.example.org", r -> {});
    String both =
        """
        {"FilterStatement":{"And":[
          {"Filter":{"X509AttributeFilter":{"Subject":{"CommonName":
             {"Value":"FIND-","ComparisonOperator":"CONTAINS"}}}}},
          {"Not":{"Filter":{"X509AttributeFilter":{"SubjectAlternativeName":{"DnsName":
             {"Value":"find-not.example.org","ComparisonOperator":"EQUALS"}}}}}},
          {"Or":[{"Filter":{"AcmCertificateMetadataFilter":{"Status":"PENDING_VALIDATION"}}},
                 {"Filter":{"AcmCertificateMetadataFilter":{"Status":"VALIDATION_TIMED_OUT"}}}]}]},
         "SortBy":"COMMON_NAME","SortOrder":"ASCENDING"}\
        """;

    JsonNode results = call("SearchCertificates", both).at("/Results");
    assertThat(results).hasSize(1);
    assertThat(results.at("/0/CertificateArn").asText()).isEqualTo(found);
    assertThat(results.at("/0/X509Attributes/Subject/CommonName").asText())
        .isEqualTo("find-me.example.com");
    assertThat(
            results.at("/0/CertificateMetadata/AcmCertificateMetadata/ValidationMethod").asText())
        .isEqualTo("DNS");
    assertThat(
            call("SearchCertificates", "{\"FilterStatement\":{\"Filter\":{}}}")
                .at("/__type")
                .asText())
        .contains("ValidationException");
    JsonNode page = call("SearchCertificates", "{\"MaxResults\":1,\"SortBy\":\"NOT_AFTER\"}");
    JsonNode next =
        call(
            "SearchCertificates",
            "{\"MaxResults\":1,\"SortBy\":\"NOT_AFTER\",\"NextToken\":"
                + page.at("/NextToken")
                + "}");
    assertThat(next.at("/Results/0/CertificateArn").asText())
        .isNotBlank()
        .isNotEqualTo(page.at("/Results/0/CertificateArn").asText());
  }

  @Test
  void aCertificateThatSomebodyHasIsRevoked() throws Exception {
    String arn = issued("revoke.example.com", r -> r.options(o -> o.export("ENABLED")));

    refused("ValidationException", "exported", () -> revoke(arn));
    export(arn);
    revoke(arn);
    assertThat(described(arn).status()).isEqualTo(CertificateStatus.REVOKED);
    assertThat(described(arn).revocationReasonAsString()).isEqualTo("KEY_COMPROMISE");
    refused("ConflictException", "already", () -> revoke(arn));
  }

  private void revoke(String arn) {
    acm.revokeCertificate(r -> r.certificateArn(arn).revocationReason("KEY_COMPROMISE"));
  }

  @Test
  void tagsAndOptionsAndTheAccountsConfigurationAreKept() throws Exception {
    String arn = request("tags.example.com", r -> r.tags(tag("team", "gate")));
    acm.addTagsToCertificate(r -> r.certificateArn(arn).tags(tag("cost", "1"), tag("x", "y")));
    acm.removeTagsFromCertificate(
        r -> r.certificateArn(arn).tags(tag("cost", "2"), Tag.builder().key("x").build()));

    assertThat(acm.listTagsForCertificate(r -> r.certificateArn(arn)).tags())
        .containsExactly(tag("cost", "1"), tag("team", "gate"));
    call("TagResource", "{\"ResourceArn\":\"" + arn + "\",\"Tags\":[{\"Key\":\"n\"}]}");
    call("UntagResource", "{\"ResourceArn\":\"" + arn + "\",\"TagKeys\":[\"cost\"]}");
    assertThat(
            call("ListTagsForResource", "{\"ResourceArn\":\"" + arn + "\"}")
                .at("/Tags")
                .findValuesAsText("Key"))
        .containsExactly("n", "team");
    refused(
        "InvalidTagException",
        "reserved",
        () -> acm.addTagsToCertificate(r -> r.certificateArn(arn).tags(tag("aws:x", "y"))));
    acm.updateCertificateOptions(r ->
        r.certificateArn(arn).options(o -> o.certificateTransparencyLoggingPreference("DISABLED")));
    assertThat(described(arn).options().certificateTransparencyLoggingPreferenceAsString())
        .isEqualTo("DISABLED");
    assertThat(acm.getAccountConfiguration(r -> {}).expiryEvents().daysBeforeExpiry())
        .isEqualTo(45);
    acm.putAccountConfiguration(
        r -> r.idempotencyToken("once").expiryEvents(e -> e.daysBeforeExpiry(7)));
    assertThat(acm.getAccountConfiguration(r -> {}).expiryEvents().daysBeforeExpiry()).isEqualTo(7);
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
