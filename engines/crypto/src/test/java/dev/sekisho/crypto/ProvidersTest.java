package dev.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import org.junit.jupiter.api.Test;

/** Each algorithm comes from the provider that is meant, and none is put into the process. */
class ProvidersTest {

  @Test
  void correttoDoesTheWorkWhereItIsHealthy() throws GeneralSecurityException {
    boolean off = "off".equals(System.getProperty("sekisho.corretto"));
    boolean here =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    assumeTrue(off || here, "Corretto's native code is for Linux on x86-64 only");

    assertThat(Providers.awaitCorretto()).isEqualTo(!off);
    String expected = off ? "SunJCE" : "AmazonCorrettoCryptoProvider";
    assertThat(mac("HmacSHA256").getProvider().getName()).isEqualTo(expected);
    assertThat(
            Providers.fastest("Cipher", "AES/GCM/NoPadding", Cipher::getInstance)
                .getProvider()
                .getName())
        .isEqualTo(expected);
    // Corretto has no HMAC-SHA-224.
    assertThat(mac("HmacSHA224").getProvider().getName()).isEqualTo("SunJCE");
  }

  @Test
  void noneIsInstalled() throws GeneralSecurityException {
    Providers.awaitCorretto();
    mac("HmacSHA256");
    KeyPairs.generate(KeyPairSpec.ECC_SECG_P256K1);
    assertThat(Arrays.stream(Security.getProviders()).map(Provider::getName))
        .doesNotContain("AmazonCorrettoCryptoProvider", "BC");
  }

  private static Mac mac(String algorithm) throws GeneralSecurityException {
    return Providers.fastest("Mac", algorithm, Mac::getInstance);
  }
}
