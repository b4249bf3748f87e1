package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.crypto.KeyPairs;
import dev.sekisho.crypto.x509.CertificateSignature;
import dev.sekisho.crypto.x509.Issuer;
import dev.sekisho.crypto.x509.Pem;
import dev.sekisho.testing.PlainClient;
import dev.sekisho.testing.SekishoInstance;
import dev.sekisho.testing.SekishoProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed while certificates are issued and revoked: what was answered is there, and
 * whatever is there is whole.
 */
class AcmPcaCrashTest {

  private static final int KILLS = 5;
  private static final int CALLERS = 4;
  private static final int SEED = 20_261_126;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROOT_KEY =
      SekishoInstance.ROOT.accessKeyId() + ":" + SekishoInstance.ROOT.secretAccessKey();

  /** Request of a key that nobody needs. */
  private static final String REQUEST =
      base64(
          Pem.write(
              "CERTIFICATE REQUEST",
              new Issuer(
                      new X500Name("CN=leaf.example"),
                      KeyPairs.generate(KeyPairSpec.ECC_NIST_P256),
                      CertificateSignature.SHA256WITHECDSA)
                  .request(List.of())));

  /** The ARNs that were answered, and the serial numbers whose revocation was. */
  private final Set<String> issued = ConcurrentHashMap.newKeySet();

  private final Set<String> revoked = ConcurrentHashMap.newKeySet();
  private String authority = "";

  @TempDir Path folder;

  @Test
  void noAnsweredCertificateAndNoRevocationIsLost() throws Exception {
    Random random = new Random(SEED);
    for (int kill = 0; kill <= KILLS; kill++) {
      try (SekishoProcess process =
          SekishoProcess.start(folder.resolve("data"), "--dev", "--root-key", ROOT_KEY)) {
        try (PlainClient client = new PlainClient(process.address(), SekishoInstance.ROOT)) {
          if (authority.isEmpty()) {
            authority = activeRoot(client);
          }
          verify(client);
        }
        if (kill < KILLS) {
          loadAndKill(process, 200 + random.nextInt(700));
        }
      }
    }
    assertThat(issued.size()).as("there was a load to lose").isGreaterThan(KILLS * 4);
    assertThat(revoked).isNotEmpty();
  }

  private void loadAndKill(SekishoProcess process, int millis) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(CALLERS);
    List<Thread> callers = new ArrayList<>();
    for (int caller = 0; caller < CALLERS; caller++) {
      callers.add(
          Thread.ofPlatform()
              .start(() -> {
                try (PlainClient client =
                    new PlainClient(process.address(), SekishoInstance.ROOT)) {
                  begun.countDown();
                  while (process.isAlive()) {
                    live(client);
                  }
                } catch (IOException killed) {
                  begun.countDown();
                }
              }));
    }
    begun.await();
    // Not a wait for anything: the moment of the kill is what is being varied.
    long end = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    process.kill();
    for (Thread caller : callers) {
      caller.join();
    }
  }

  private void live(PlainClient client) throws IOException {
    String arn = issue(client, REQUEST, ",\"Validity\":{\"Type\":\"DAYS\",\"Value\":30}");
    issued.add(arn);
    String serial = arn.substring(arn.lastIndexOf('/') + 1);
    call(
        client,
        "RevokeCertificate",
        ",\"CertificateSerial\":\"" + serial + "\",\"RevocationReason\":\"SUPERSEDED\"");
    revoked.add(serial);
  }

  private void verify(PlainClient client) throws IOException {
    for (String arn : issued) {
      assertThat(
              call(client, "GetCertificate", ",\"CertificateArn\":\"" + arn + "\"")
                  .has("Certificate"))
          .as(arn)
          .isTrue();
    }
    for (String serial : revoked) {
      assertThat(
              call(
                      client,
                      "RevokeCertificate",
                      ",\"CertificateSerial\":\""
                          + serial
                          + "\",\"RevocationReason\":\"SUPERSEDED\"")
                  .at("/__type")
                  .asText())
          .as(serial)
          .endsWith("RequestAlreadyProcessedException");
    }
  }

  private String activeRoot(PlainClient client) throws IOException {
    authority =
        JSON.readTree(
                client
                    .json(
                        "acm-pca",
                        "ACMPrivateCA.CreateCertificateAuthority",
                        """
                        {"CertificateAuthorityType":"ROOT","CertificateAuthorityConfiguration":{
                         "KeyAlgorithm":"EC_prime256v1","SigningAlgorithm":"SHA256WITHECDSA",
                         "Subject":{"CommonName":"crashing"}}}\
                        """)
                    .body())
            .at("/CertificateAuthorityArn")
            .asText();
    String csr = call(client, "GetCertificateAuthorityCsr", "").at("/Csr").asText();
    String own =
        issue(
            client,
            base64(csr),
            ",\"Validity\":{\"Type\":\"YEARS\",\"Value\":5},\"TemplateArn\":"
                + "\"arn:aws:acm-pca:::template/RootCACertificate/V1\"");
    String certificate =
        call(client, "GetCertificate", ",\"CertificateArn\":\"" + own + "\"")
            .at("/Certificate")
            .asText();
    call(
        client,
        "ImportCertificateAuthorityCertificate",
        ",\"Certificate\":\"" + base64(certificate) + "\"");
    return authority;
  }

  private String issue(PlainClient client, String request, String more) throws IOException {
    return call(
            client,
            "IssueCertificate",
            ",\"Csr\":\"" + request + "\",\"SigningAlgorithm\":\"SHA256WITHECDSA\"" + more)
        .at("/CertificateArn")
        .asText();
  }

  private JsonNode call(PlainClient client, String operation, String more) throws IOException {
    return JSON.readTree(
        client
            .json(
                "acm-pca",
                "ACMPrivateCA." + operation,
                "{\"CertificateAuthorityArn\":\"" + authority + "\"" + more + "}")
            .body());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }
}
