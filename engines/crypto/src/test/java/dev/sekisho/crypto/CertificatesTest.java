package dev.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sekisho.core.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys as OpenSSL writes them. */
class CertificatesTest {

  private static Path folder;

  @BeforeAll
  static void make(@TempDir Path temporary) throws Exception {
    folder = temporary;
    Assumptions.assumeTrue(run("openssl", "version"), "openssl is not on this machine");
    openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -subj /CN=ca -days 30");
    openssl("req -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.crt -subj /CN=ca");
    openssl("req -newkey rsa:2048 -nodes -keyout rsa.key -out leaf.csr -subj /CN=leaf");
    openssl("x509 -req -in leaf.csr -CA ca.crt -CAkey ca.key -CAcreateserial -out leaf.crt");
    openssl("rsa -in rsa.key -traditional -out rsa1.key");
    openssl("rsa -in rsa.key -aes128 -passout pass:secret -out encrypted.key");
    openssl("ecparam -name prime256v1 -genkey -out ec.key");
    openssl("req -x509 -new -key ec.key -out ec.crt -subj /CN=ec");
  }

  @Test
  void certificateAndItsKeyAreFoundToBelongTogether() throws IOException {
    X509Certificate leaf = Certificates.one(text("leaf.crt"));

    assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("CN=leaf");
    assertThat(Certificates.match(leaf.getPublicKey(), key("rsa.key"))).isTrue();
    assertThat(Certificates.match(leaf.getPublicKey(), key("rsa1.key"))).isTrue();
    assertThat(Certificates.match(leaf.getPublicKey(), key("ca.key"))).isFalse();
    assertThat(Certificates.match(leaf.getPublicKey(), key("ec.key"))).isFalse();
  }

  @Test
  void keyWithItsCurveBeforeItIsRead() throws IOException {
    assertThat(text("ec.key")).contains("BEGIN EC PARAMETERS");
    assertThat(Certificates.match(Certificates.one(text("ec.crt")).getPublicKey(), key("ec.key")))
        .isTrue();
  }

  @Test
  void chainIsOneOnlyWhenEachSignedTheOneBefore() throws IOException {
    X509Certificate leaf = Certificates.one(text("leaf.crt"));

    assertThat(Certificates.isChain(leaf, Certificates.chain(text("ca.crt")))).isTrue();
    assertThat(Certificates.isChain(leaf, Certificates.chain(text("other.crt"))))
        .as("an issuer of the same name and another key")
        .isFalse();
    assertThat(Certificates.isChain(leaf, Certificates.chain(text("ec.crt")))).isFalse();
    assertThat(Certificates.isChain(leaf, List.of())).isTrue();
  }

  @Test
  void severalCertificatesAreNotOne() throws IOException {
    String two = text("leaf.crt") + text("ca.crt");

    assertThat(Certificates.chain(two)).hasSize(2);
    assertThatIllegalArgumentException().isThrownBy(() -> Certificates.one(two));
  }

  @Test
  void encryptedKeyIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> key("encrypted.key"));
  }

  @Test
  void keyIsNoCertificateAndACertificateNoKey() {
    assertThatIllegalArgumentException().isThrownBy(() -> Certificates.one(text("rsa.key")));
    assertThatIllegalArgumentException().isThrownBy(() -> key("leaf.crt"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nMIIB"
      })
  void whatIsNoCertificateIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Certificates.chain(text));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Certificates.privateKey(Secret.of(text)))
        .withNoCause();
  }

  private static PrivateKey key(String name) throws IOException {
    return Certificates.privateKey(Secret.of(Files.readAllBytes(folder.resolve(name))));
  }

  private static String text(String name) throws IOException {
    return Files.readString(folder.resolve(name), StandardCharsets.US_ASCII);
  }

  private static void openssl(String arguments) throws Exception {
    assertThat(run(("openssl " + arguments).split(" "))).as(arguments).isTrue();
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
