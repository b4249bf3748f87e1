package dev.sekisho.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sekisho.crypto.x509.Pem;
import dev.sekisho.crypto.x509.RefusedInput;
import dev.sekisho.crypto.x509.SigningRequest;
import java.nio.charset.StandardCharsets;

/** A request for a certificate is read or refused, in PEM and in DER, and nothing else. */
class SigningRequestFuzzTest {

  @FuzzTest(maxDuration = "1m")
  void isReadOrRefused(byte[] input) {
    tryToRead(input);
    tryToRead(Pem.write("CERTIFICATE REQUEST", input).getBytes(StandardCharsets.US_ASCII));
  }

  private static void tryToRead(byte[] pem) {
    try {
      assertThat(SigningRequest.read(pem).publicKey().length()).isPositive();
    } catch (RefusedInput refused) {
      assertThat(refused.message()).isNotBlank();
    }
  }
}
