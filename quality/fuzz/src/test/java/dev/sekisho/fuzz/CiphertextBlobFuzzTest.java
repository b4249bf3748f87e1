package dev.sekisho.fuzz;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.CiphertextBlob;
import dev.sekisho.crypto.CryptoException;
import java.util.Map;

/** A ciphertext that we did not make is refused, when it is read or when it is opened. */
class CiphertextBlobFuzzTest {

  private static final Secret MATERIAL = Secret.of(new byte[32]);

  @FuzzTest(maxDuration = "1m")
  void isRefused(byte[] blob) {
    assertThatThrownBy(() -> CiphertextBlob.parse(blob).decrypt(MATERIAL, Map.of()))
        .isInstanceOf(CryptoException.class);
  }
}
