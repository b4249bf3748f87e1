package dev.sekisho.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.crypto.KeyPairs;
import dev.sekisho.crypto.x509.CertificateSignature;
import dev.sekisho.crypto.x509.Issuer;
import dev.sekisho.crypto.x509.OcspAnswers;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.ocsp.OCSPResp;

/** Whatever is asked of an OCSP responder, it answers in the protocol's form. */
class OcspFuzzTest {

  private static final OcspAnswers RESPONDER =
      new OcspAnswers(
          new Issuer(
              new X500Name("CN=Authority"),
              KeyPairs.generate(KeyPairSpec.ECC_NIST_P256),
              CertificateSignature.SHA256WITHECDSA),
          Duration.ofHours(1));

  @FuzzTest(maxDuration = "1m")
  void isAnswered(byte[] request) throws Exception {
    byte[] answer = RESPONDER.answer(request, Instant.EPOCH, _ -> new OcspAnswers.Status.Good());

    assertThat(new OCSPResp(answer).getStatus())
        .isIn(OCSPResp.SUCCESSFUL, OCSPResp.MALFORMED_REQUEST);
  }
}
