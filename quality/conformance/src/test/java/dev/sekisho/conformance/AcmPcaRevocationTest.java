package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sekisho.crypto.Certificates;
import dev.sekisho.testing.SekishoInstance;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.acmpca.AcmPcaClient;
import software.amazon.awssdk.services.acmpca.model.CreateCertificateAuthorityRequest;
import software.amazon.awssdk.services.acmpca.model.GetCertificateResponse;
import software.amazon.awssdk.services.acmpca.model.InvalidArgsException;
import software.amazon.awssdk.services.acmpca.model.InvalidRequestException;
import software.amazon.awssdk.services.acmpca.model.RequestAlreadyProcessedException;
import software.amazon.awssdk.services.acmpca.model.RequestFailedException;
import software.amazon.awssdk.services.acmpca.model.ResourceNotFoundException;
import software.amazon.awssdk.services.acmpca.model.RevocationReason;
import software.amazon.awssdk.services.s3.S3Client;

/** What was revoked is told by lists, by OCSP and by audit reports. */
class AcmPcaRevocationTest {

  private static final String BUCKET = "revocation-lists";

  private SekishoInstance sekisho;
  private AcmPcaClient pca;
  private S3Client s3;
  private PrivateAuthorities authorities;

  @BeforeEach
  void start(@TempDir Path data, @TempDir Path files) {
    assumeTrue(PrivateAuthorities.hasOpenssl(), "there is no openssl here");
    sekisho = SekishoInstance.start(data);
    pca = sekisho.client(AcmPcaClient.builder());
    s3 = S3Clients.of(sekisho, SekishoInstance.ROOT);
    authorities = new PrivateAuthorities(sekisho, pca, files);
    s3.createBucket(r -> r.bucket(BUCKET));
  }

  @AfterEach
  void stop() {
    if (sekisho != null) {
      s3.close();
      pca.close();
      sekisho.close();
    }
  }

  /** As AWS's guide has it. */
  private void letIn() {
    s3.putBucketPolicy(r ->
        r.bucket(BUCKET)
            .policy(
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                 "Principal":{"Service":"acm-pca.amazonaws.com"},
                 "Action":["s3:PutObject","s3:GetBucketAcl"],
                 "Resource":["arn:aws:s3:::%1$s","arn:aws:s3:::%1$s/*"],
                 "Condition":{"StringEquals":{"aws:SourceAccount":"%2$s"}}}]}\
                """
                    .formatted(BUCKET, SekishoInstance.ACCOUNT)));
  }

  private static Consumer<CreateCertificateAuthorityRequest.Builder> lists(String type) {
    return r ->
        r.revocationConfiguration(c ->
            c.crlConfiguration(
                    l -> l.enabled(true).expirationInDays(7).s3BucketName(BUCKET).crlType(type))
                .ocspConfiguration(o -> o.enabled(true)));
  }

  private static String serial(GetCertificateResponse certificate) {
    return Certificates.one(certificate.certificate()).getSerialNumber().toString(16);
  }

  private void revoke(String authority, String serial) {
    pca.revokeCertificate(r ->
        r.certificateAuthorityArn(authority)
            .certificateSerial(serial)
            .revocationReason(RevocationReason.KEY_COMPROMISE));
  }

  private X509CRL list(byte[] der, String authority) throws Exception {
    X509CRL list =
        (X509CRL)
            CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
    list.verify(
        Certificates.one(
                pca.getCertificateAuthorityCertificate(r -> r.certificateAuthorityArn(authority))
                    .certificate())
            .getPublicKey());
    return list;
  }

  @Test
  void opensslFindsARevokedCertificateInTheListAndByOcsp() throws Exception {
    letIn();
    String root = authorities.root(lists("COMPLETE"));
    String csr = authorities.csr("leaf.example");
    GetCertificateResponse good = authorities.issue(root, csr, r -> {});
    GetCertificateResponse bad = authorities.issue(root, csr, r -> {});
    revoke(root, serial(bad));
    authorities.advance("PT1M");
    String id = root.substring(root.lastIndexOf('/') + 1);
    String rootFile = authorities.file("root.pem", good.certificateChain());
    String goodFile = authorities.file("good.pem", good.certificate() + "\n");
    String badFile = authorities.file("bad.pem", bad.certificate() + "\n");

    String text = authorities.openssl("x509", "-in", goodFile, "-noout", "-text");
    String place = sekisho.address() + "/_sekisho/pki/crl/" + id + ".crl";
    assertThat(text).contains("URI:" + place);
    X509CRL fetched = list(authorities.fetch(place), root);
    byte[] put = s3.getObjectAsBytes(r -> r.bucket(BUCKET).key("crl/" + id + ".crl")).asByteArray();
    assertThat(put).isEqualTo(fetched.getEncoded());
    assertThat(fetched.getRevokedCertificate(new BigInteger(serial(good), 16))).isNull();
    assertThat(fetched.getRevokedCertificate(new BigInteger(serial(bad), 16)).getRevocationReason())
        .isEqualTo(java.security.cert.CRLReason.KEY_COMPROMISE);

    String responder = authorities.openssl("x509", "-in", goodFile, "-noout", "-ocsp_uri").strip();
    assertThat(responder).isEqualTo(sekisho.address() + "/_sekisho/pki/ocsp/" + id);
    String answer =
        authorities.openssl(
            "ocsp", "-issuer", rootFile, "-sha256", "-cert", goodFile, "-cert", badFile, "-CAfile",
            rootFile, "-url", responder, "-text");
    assertThat(answer)
        .contains("Response verify OK")
        .contains(goodFile + ": good")
        .contains(badFile + ": revoked")
        .contains("keyCompromise");
  }

  @Test
  void whatWasRevokedStaysRevoked() throws Exception {
    letIn();
    String root = authorities.root(lists("COMPLETE"));
    String csr = authorities.csr("leaf.example");
    String serial = serial(authorities.issue(root, csr, r -> {}));
    String colons = serial.replaceAll("(..)(?!$)", "$1:");
    revoke(root, colons);

    assertThatThrownBy(() -> revoke(root, serial))
        .isInstanceOf(RequestAlreadyProcessedException.class);
    assertThatThrownBy(() -> revoke(root, "00ff")).isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> revoke(root, "zz")).isInstanceOf(InvalidRequestException.class);
    String own =
        pca.describeCertificateAuthority(r -> r.certificateAuthorityArn(root))
            .certificateAuthority()
            .serial();
    assertThatThrownBy(() -> revoke(root, own)).isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void listsInPartsSayWhichPartTheyAre() throws Exception {
    letIn();
    String root = authorities.root(lists("PARTITIONED"));
    String id = root.substring(root.lastIndexOf('/') + 1);
    GetCertificateResponse leaf = authorities.issue(root, authorities.csr("leaf.example"), r -> {});
    revoke(root, serial(leaf));
    authorities.advance("PT1M");

    String place = sekisho.address() + "/_sekisho/pki/crl/" + id + "/0.crl";
    assertThat(
            authorities.openssl(
                "x509", "-in", authorities.file("leaf.pem", leaf.certificate()), "-noout", "-text"))
        .contains("URI:" + place);
    X509CRL fetched = list(authorities.fetch(place), root);
    assertThat(fetched.getRevokedCertificates()).hasSize(1);
    assertThat(fetched.getCriticalExtensionOIDs()).containsExactly("2.5.29.28");
    assertThat(s3.headObject(r -> r.bucket(BUCKET).key("crl/" + id + "/0.crl"))).isNotNull();
  }

  @Test
  void listsAreWrittenAgainBeforeTheyExpire() throws Exception {
    letIn();
    String root = authorities.root(lists("COMPLETE"));
    authorities.advance("PT1M");
    String id = root.substring(root.lastIndexOf('/') + 1);
    String place = sekisho.address() + "/_sekisho/pki/crl/" + id + ".crl";
    X509CRL first = list(authorities.fetch(place), root);
    authorities.advance("P4D");
    X509CRL second = list(authorities.fetch(place), root);

    assertThat(second.getThisUpdate()).isAfter(first.getThisUpdate());
    assertThat(second.getNextUpdate().toInstant())
        .isEqualTo(second.getThisUpdate().toInstant().plus(java.time.Duration.ofDays(7)));
  }

  @Test
  void aBucketThatDoesNotLetThemInIsRefused() {
    assertThatThrownBy(() -> authorities.root(lists("COMPLETE")))
        .isInstanceOf(InvalidArgsException.class)
        .hasMessageContaining("AccessDenied");
  }

  @Test
  void anAuditReportListsEachUseOfTheKey() throws Exception {
    String root = authorities.root(r -> {});
    String csr = authorities.csr("leaf, \"quoted\"");
    String serial = serial(authorities.issue(root, csr, r -> {}));
    revoke(root, serial);
    assertThatThrownBy(() -> report(root, "JSON")).isInstanceOf(RequestFailedException.class);
    letIn();

    String json = report(root, "JSON");
    assertThat(json)
        .contains("\"awsAccountId\":\"" + SekishoInstance.ACCOUNT + "\"")
        .contains("\"serial\":\"" + serial.replaceAll("(..)(?!$)", "$1:") + "\"")
        .contains("\"revocationReason\":\"KEY_COMPROMISE\"")
        .contains("RootCACertificate/V1")
        .contains("EndEntityCertificate/V1");
    assertThat(report(root, "CSV").lines())
        .hasSize(3)
        .first()
        .asString()
        .startsWith("\"awsAccountId\",");
  }

  private String report(String authority, String format) {
    var made =
        pca.createCertificateAuthorityAuditReport(r ->
            r.certificateAuthorityArn(authority)
                .s3BucketName(BUCKET)
                .auditReportResponseFormat(format));
    var described =
        pca.describeCertificateAuthorityAuditReport(
            r -> r.certificateAuthorityArn(authority).auditReportId(made.auditReportId()));
    assertThat(described.auditReportStatusAsString()).isEqualTo("SUCCESS");
    assertThat(described.s3Key()).isEqualTo(made.s3Key());
    return s3.getObjectAsBytes(r -> r.bucket(BUCKET).key(made.s3Key()))
        .asString(StandardCharsets.UTF_8);
  }

  @Test
  void onlyTheRespondersOwnAuthorityIsAnsweredFor() throws Exception {
    String without = authorities.root(r -> {});
    byte[] answer =
        authorities.fetch(
            sekisho.address()
                + "/_sekisho/pki/ocsp/"
                + without.substring(without.lastIndexOf('/') + 1)
                + "/MAA=");

    // RFC 6960: unauthorized (6).
    assertThat(answer).containsExactly(0x30, 0x03, 0x0a, 0x01, 0x06);
  }

  @Test
  void anAuthorityIsGoneForGoodWhenItsTimeIsOver() throws Exception {
    String root = authorities.root(r -> {});
    pca.updateCertificateAuthority(r -> r.certificateAuthorityArn(root).status("DISABLED"));
    pca.deleteCertificateAuthority(
        r -> r.certificateAuthorityArn(root).permanentDeletionTimeInDays(7));
    authorities.advance("P8D");

    assertThatThrownBy(() -> pca.describeCertificateAuthority(r -> r.certificateAuthorityArn(root)))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void anAuthorityExpires() throws Exception {
    String root = authorities.root(r -> {});
    authorities.advance("P3700D");

    assertThat(
            pca.describeCertificateAuthority(r -> r.certificateAuthorityArn(root))
                .certificateAuthority()
                .statusAsString())
        .isEqualTo("EXPIRED");
  }
}
