package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.testing.SekishoInstance;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.acmpca.AcmPcaClient;
import software.amazon.awssdk.services.acmpca.model.CertificateAuthorityType;
import software.amazon.awssdk.services.acmpca.model.CreateCertificateAuthorityRequest;
import software.amazon.awssdk.services.acmpca.model.GetCertificateResponse;
import software.amazon.awssdk.services.acmpca.model.IssueCertificateRequest;
import software.amazon.awssdk.services.acmpca.model.KeyAlgorithm;
import software.amazon.awssdk.services.acmpca.model.SigningAlgorithm;
import software.amazon.awssdk.services.acmpca.model.ValidityPeriodType;

/** Private authorities as a user makes them, and openssl to look at what they issue. */
record PrivateAuthorities(SekishoInstance sekisho, AcmPcaClient pca, Path folder) {

  static final String TEMPLATES = "arn:aws:acm-pca:::template/";

  static boolean hasOpenssl() {
    return Files.isExecutable(Path.of("/usr/bin/openssl"));
  }

  /** An authority that waits for its certificate. */
  String create(
      CertificateAuthorityType type,
      String name,
      Consumer<CreateCertificateAuthorityRequest.Builder> more) {
    return pca.createCertificateAuthority(r ->
            more.accept(
                r.certificateAuthorityType(type)
                    .certificateAuthorityConfiguration(c ->
                        c.keyAlgorithm(KeyAlgorithm.EC_PRIME256_V1)
                            .signingAlgorithm(SigningAlgorithm.SHA256_WITHECDSA)
                            .subject(
                                s -> s.commonName(name).organization("Sekisho").country("JP")))))
        .certificateAuthorityArn();
  }

  /** A root that is active. */
  String root(Consumer<CreateCertificateAuthorityRequest.Builder> more) {
    String arn = create(CertificateAuthorityType.ROOT, "Root", more);
    String signing =
        pca.describeCertificateAuthority(r -> r.certificateAuthorityArn(arn))
            .certificateAuthority()
            .certificateAuthorityConfiguration()
            .signingAlgorithmAsString();
    GetCertificateResponse own =
        issue(
            arn,
            csrOf(arn),
            r ->
                r.templateArn(TEMPLATES + "RootCACertificate/V1")
                    .signingAlgorithm(signing)
                    .validity(v -> v.type(ValidityPeriodType.YEARS).value(10L)));
    activate(arn, own);
    return arn;
  }

  /** An authority below another one that is active. */
  String below(
      String parent, int pathLength, Consumer<CreateCertificateAuthorityRequest.Builder> more) {
    String arn = create(CertificateAuthorityType.SUBORDINATE, "Below " + pathLength, more);
    GetCertificateResponse own =
        issue(
            parent,
            csrOf(arn),
            r ->
                r.templateArn(TEMPLATES + "SubordinateCACertificate_PathLen" + pathLength + "/V1")
                    .validity(v -> v.type(ValidityPeriodType.YEARS).value(pathLength + 2L)));
    activate(arn, own);
    return arn;
  }

  void activate(String arn, GetCertificateResponse own) {
    pca.importCertificateAuthorityCertificate(r ->
        r.certificateAuthorityArn(arn)
            .certificate(SdkBytes.fromUtf8String(own.certificate()))
            .certificateChain(
                own.certificateChain() == null
                    ? null
                    : SdkBytes.fromUtf8String(own.certificateChain())));
  }

  String csrOf(String arn) {
    return pca.getCertificateAuthorityCsr(r -> r.certificateAuthorityArn(arn)).csr();
  }

  GetCertificateResponse issue(
      String arn, String csr, Consumer<IssueCertificateRequest.Builder> more) {
    String certificate = issued(arn, csr, more);
    return pca.getCertificate(r -> r.certificateAuthorityArn(arn).certificateArn(certificate));
  }

  /** The ARN of a certificate, for 30 days unless it is said otherwise. */
  String issued(String arn, String csr, Consumer<IssueCertificateRequest.Builder> more) {
    return pca.issueCertificate(r ->
            more.accept(
                r.certificateAuthorityArn(arn)
                    .csr(SdkBytes.fromUtf8String(csr))
                    .signingAlgorithm(SigningAlgorithm.SHA256_WITHECDSA)
                    .validity(v -> v.type(ValidityPeriodType.DAYS).value(30L))))
        .certificateArn();
  }

  /** A request for a certificate by a key of openssl's. */
  String csr(String name, String... more) throws IOException, InterruptedException {
    Path key = folder.resolve("leaf.key");
    if (!Files.exists(key)) {
      openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key.toString());
    }
    List<String> command =
        Stream.concat(
                Stream.of(
                    "req",
                    "-new",
                    "-sha256",
                    "-key",
                    key.toString(),
                    "-subj",
                    name.isEmpty() ? "/" : "/CN=" + name),
                Stream.of(more))
            .toList();
    return openssl(command.toArray(String[]::new));
  }

  /** Runs openssl and returns what it prints; it must end well. */
  String openssl(String... arguments) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Stream.concat(Stream.of("/usr/bin/openssl"), Stream.of(arguments)).toList())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("openssl %s: %s", List.of(arguments), printed).isZero();
    return printed;
  }

  String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  /** Moves the clock, and does what is due then. */
  void advance(String duration) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> moved =
          http.send(
              HttpRequest.newBuilder(sekisho.address().resolve("/_sekisho/dev/clock"))
                  .POST(HttpRequest.BodyPublishers.ofString("{\"advance\":\"" + duration + "\"}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(moved.statusCode()).isEqualTo(200);
    }
  }

  byte[] fetch(String address) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer =
          http.send(
              HttpRequest.newBuilder(java.net.URI.create(address)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    }
  }
}
