package dev.sekisho.bench;

import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.crypto.KeyPairs;
import dev.sekisho.crypto.x509.CertificateDraft;
import dev.sekisho.crypto.x509.CertificateSignature;
import dev.sekisho.crypto.x509.Issuer;
import dev.sekisho.crypto.x509.KeyIdentifiers;
import dev.sekisho.crypto.x509.OcspAnswers;
import dev.sekisho.crypto.x509.Pem;
import dev.sekisho.crypto.x509.RefusedInput;
import dev.sekisho.crypto.x509.SigningRequest;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Certificates by requests, and answers about them, of an authority with a P-256 key. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CertificateBenchmark {

  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

  private final Issuer issuer = issuer("CN=Authority");
  private final OcspAnswers responder = new OcspAnswers(issuer, Duration.ofHours(1));
  private final byte[] request =
      Pem.write("CERTIFICATE REQUEST", issuer("CN=leaf.example").request(List.of()))
          .getBytes(StandardCharsets.US_ASCII);
  private byte[] question = {};

  @Setup
  public void ask() throws RefusedInput, IOException {
    question = question(new X509CertificateHolder(issue()));
  }

  private static Issuer issuer(String name) {
    return new Issuer(
        new X500Name(name),
        KeyPairs.generate(KeyPairSpec.ECC_NIST_P256),
        CertificateSignature.SHA256WITHECDSA);
  }

  private static byte[] question(X509CertificateHolder certificate) throws IOException {
    try {
      return new OCSPReqBuilder()
          .addRequest(
              new CertificateID(
                  new BcDigestCalculatorProvider().get(CertificateID.HASH_SHA1),
                  certificate,
                  certificate.getSerialNumber()))
          .build()
          .getEncoded();
    } catch (OCSPException | OperatorCreationException impossible) {
      throw new IllegalStateException("a question cannot be made", impossible);
    }
  }

  @Benchmark
  public byte[] issue() throws RefusedInput {
    SigningRequest read = SigningRequest.read(request);
    return issuer.sign(
        new CertificateDraft(
            BigInteger.valueOf(77),
            read.subject(),
            read.publicKey(),
            NOW,
            NOW.plus(Duration.ofDays(30)),
            List.of(
                KeyIdentifiers.subject(read.publicKey()),
                KeyIdentifiers.authority(issuer.publicKey()))));
  }

  @Benchmark
  public byte[] answer() {
    return responder.answer(question, NOW, _ -> new OcspAnswers.Status.Good());
  }
}
