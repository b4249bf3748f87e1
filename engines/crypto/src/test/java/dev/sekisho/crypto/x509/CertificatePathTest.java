package dev.sekisho.crypto.x509;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.crypto.KeyPairSpec;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths of certificates, and what breaks them. */
class CertificatePathTest {

  @ParameterizedTest
  @CsvSource({
    "ECC_NIST_P256, SHA256WITHECDSA",
    "ECC_NIST_P521, SHA512WITHECDSA",
    "RSA_2048, SHA384WITHRSA",
    "RSA_2048, SHA512WITHRSA_PSS",
    "ML_DSA_65, ML_DSA_65"
  })
  void leafIsVouchedForByARootOfEachKind(KeyPairSpec spec, CertificateSignature signature)
      throws Exception {
    Authority root = Authority.root(spec, signature);

    CertificatePath.require(root.path(), Authority.NOW);
    CertificatePath.require(root.below(1).below(0).leaf("CN=leaf"), Authority.NOW);
  }

  @Test
  void pathLongerThanAnAuthorityAllowsIsRefused() throws Exception {
    Authority lowest = root().below(0);

    CertificatePath.require(lowest.leaf("CN=leaf"), Authority.NOW);
    refused(lowest.below(0).leaf("CN=leaf"), "the path is longer than an authority allows");
  }

  @Test
  void certificateThatIsNoAuthorityVouchesForNobody() throws Exception {
    Authority root = root();
    List<X509Certificate> leaf = root.leaf("CN=leaf");
    Authority impostor =
        new Authority(new Issuer(new X500Name("CN=leaf"), root.issuer().key(), ecdsa()), leaf);

    refused(impostor.leaf("CN=victim"), "a certificate does not belong to an authority");
  }

  @Test
  void orderMatters() throws Exception {
    List<X509Certificate> path = root().below(0).leaf("CN=leaf");

    refused(
        List.of(path.get(0), path.get(2)), "an issuer is not the subject of the next certificate");
    refused(path.subList(0, 2), "does not end with a self-signed certificate");
  }

  @Test
  void timeMatters() throws Exception {
    List<X509Certificate> path = root().leaf("CN=leaf");

    assertThatThrownBy(
            () -> CertificatePath.require(path, Authority.NOW.plus(Duration.ofDays(366))))
        .hasMessageContaining("a certificate has expired");
    assertThatThrownBy(() -> CertificatePath.require(path, Authority.NOW.minus(Duration.ofDays(1))))
        .hasMessageContaining("a certificate is not valid yet");
  }

  @Test
  void namesThatAnAuthorityMayNotVouchForAreRefusedByBothChecks() throws Exception {
    CertificateExtension onlyExample =
        CertificateExtension.of(
            Extension.nameConstraints,
            true,
            new NameConstraints(
                new GeneralSubtree[] {
                  new GeneralSubtree(new GeneralName(GeneralName.dNSName, "example.com"))
                },
                null));
    Authority limited = root().below(0, onlyExample);
    NameConstraintRules rules = NameConstraintRules.of(limited.path());
    GeneralNames inside = dns("www.example.com");
    GeneralNames outside = dns("www.example.net");

    CertificatePath.require(limited.leaf("CN=leaf", names(inside)), Authority.NOW);
    refused(limited.leaf("CN=leaf", names(outside)), "a name constraint forbids a name");
    assertThatCode(() -> rules.require(new X500Name("CN=leaf"), inside)).doesNotThrowAnyException();
    assertThatThrownBy(() -> rules.require(new X500Name("CN=leaf"), outside))
        .isInstanceOf(RefusedInput.class);
  }

  private static GeneralNames dns(String name) {
    return new GeneralNames(new GeneralName(GeneralName.dNSName, name));
  }

  private static CertificateExtension names(GeneralNames names) {
    return CertificateExtension.of(Extension.subjectAlternativeName, false, names);
  }

  private static Authority root() throws Exception {
    return Authority.root(KeyPairSpec.ECC_NIST_P256, ecdsa());
  }

  private static CertificateSignature ecdsa() {
    return CertificateSignature.SHA256WITHECDSA;
  }

  private static void refused(List<X509Certificate> path, String why) {
    assertThatThrownBy(() -> CertificatePath.require(path, Authority.NOW))
        .isInstanceOf(RefusedInput.class)
        .hasMessageContaining(why);
  }
}
