package dev.sekisho.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.crypto.KeyPairSpec;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lists of revoked certificates and answers about single ones. */
class RevocationTest {

  private static Authority authority;

  @BeforeAll
  static void make() throws Exception {
    authority =
        Authority.root(KeyPairSpec.ECC_NIST_P256, CertificateSignature.SHA256WITHECDSA).below(0);
  }

  @Test
  void listNamesWhatIsRevokedAndIsSigned() throws Exception {
    List<RevocationList.Entry> entries =
        IntStream.rangeClosed(1, 500)
            .mapToObj(i ->
                new RevocationList.Entry(
                    BigInteger.valueOf(i),
                    Authority.NOW,
                    RevocationReason.values()[i % RevocationReason.values().length]))
            .toList();
    X509CRL list =
        (X509CRL)
            CertificateFactory.getInstance("X.509")
                .generateCRL(
                    new ByteArrayInputStream(
                        new RevocationList(
                                9,
                                Authority.NOW,
                                Authority.NOW.plus(Duration.ofDays(7)),
                                entries,
                                "http://crl.example/1.crl")
                            .sign(authority.issuer())));

    list.verify(authority.path().getFirst().getPublicKey());
    assertThat(list.getRevokedCertificates()).hasSize(500);
    assertThat(list.getRevokedCertificate(BigInteger.ONE).getRevocationReason().ordinal())
        .isEqualTo(1);
    assertThat(list.getCriticalExtensionOIDs())
        .containsExactly(Extension.issuingDistributionPoint.getId());
  }

  @Test
  void answersSayWhatIsKnownAndCarryTheNonce() throws Exception {
    byte[] nonce = new byte[16];
    new Random(5).nextBytes(nonce);
    byte[] answer = ask(authority, nonce, 1, 2, 3);
    BasicOCSPResp response = (BasicOCSPResp) new OCSPResp(answer).getResponseObject();

    assertThat(
            response.isSignatureValid(
                new JcaContentVerifierProviderBuilder()
                    .build(authority.path().getFirst().getPublicKey())))
        .isTrue();
    assertThat(
            response
                .getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce)
                .getExtnValue()
                .getOctets())
        .isEqualTo(nonce);
    SingleResp[] each = response.getResponses();
    assertThat(each[0].getCertStatus()).isEqualTo(CertificateStatus.GOOD);
    assertThat(((RevokedStatus) each[1].getCertStatus()).getRevocationReason()).isEqualTo(1);
    assertThat(each[2].getCertStatus()).isInstanceOf(UnknownStatus.class);
  }

  @Test
  void nothingIsSaidOfOtherAuthoritiesCertificates() throws Exception {
    Authority other =
        Authority.root(KeyPairSpec.ECC_NIST_P256, CertificateSignature.SHA256WITHECDSA);
    BasicOCSPResp response = (BasicOCSPResp) new OCSPResp(ask(other, null, 1)).getResponseObject();

    assertThat(response.getResponses()[0].getCertStatus()).isInstanceOf(UnknownStatus.class);
  }

  @Test
  void whatIsNoRequestIsMalformed() throws Exception {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      assertThat(new OCSPResp(answer(noise)).getStatus()).isEqualTo(OCSPResp.MALFORMED_REQUEST);
    }
    assertThat(new OCSPResp(answer(new byte[OcspAnswers.LARGEST_REQUEST + 1])).getStatus())
        .isEqualTo(OCSPResp.MALFORMED_REQUEST);
    assertThat(new OCSPResp(ask(authority, new byte[4_000], 1)).getStatus())
        .isEqualTo(OCSPResp.MALFORMED_REQUEST);
  }

  private static byte[] ask(Authority whose, byte[] nonce, int... serials) throws Exception {
    OCSPReqBuilder builder = new OCSPReqBuilder();
    for (int serial : serials) {
      builder.addRequest(
          new CertificateID(
              new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
              new JcaX509CertificateHolder(whose.path().getFirst()),
              BigInteger.valueOf(serial)));
    }
    if (nonce != null) {
      builder.setRequestExtensions(
          new Extensions(
              new Extension(
                  OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new DEROctetString(nonce))));
    }
    return answer(builder.build().getEncoded());
  }

  private static byte[] answer(byte[] request) {
    return new OcspAnswers(authority.issuer(), Duration.ofHours(1))
        .answer(
            request,
            Authority.NOW,
            serial ->
                switch (serial.intValueExact()) {
                  case 1 -> new OcspAnswers.Status.Good();
                  case 2 ->
                      new OcspAnswers.Status.Revoked(
                          Authority.NOW, RevocationReason.KEY_COMPROMISE);
                  default -> new OcspAnswers.Status.Unknown();
                });
  }
}
