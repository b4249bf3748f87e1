package dev.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of SSH, in both forms they come in. */
class SshPublicKeyTest {

  // Made by ssh-keygen -t rsa -b 2048; the fingerprint is what ssh-keygen -E md5 -l printed for it.
  private static final String SSH =
      "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCtEuBDhhYzu1enFr4mWu8kJpNCqps2FCAaWb2fd9F3"
          + "5dAR/rG+sG9ibXYfbYGqvas610he+kxfYpyTEm54+P9bv8H8HnUJ2GQpHM9Z64B8t7Alm5p7V/oAeHEp"
          + "FUrBkRwllhBIDO6VoCGmL7fsEX+6unS8HbOaKFuEy4wWwziGzLobuXWbOAji+mMeRHoNJac5uNGTH+Ra"
          + "TOuhwtXGR0XV9kje36Z1xabFkdr06vJPTjdK/q59Ho7l1B8ANMuOEcup6b5bo9I6lCKIZsdDae1Al8uN"
          + "yzRE0865JPxGLZc3eyBaam+fJEbT3FWHEl55qfe5UPTGZikYlpjHu15NneO9";
  private static final String FINGERPRINT = "d6:a7:ca:14:f5:13:af:65:d8:d8:21:f0:13:a1:8f:84";

  @Test
  void bothFormsAreTheSameKey() {
    SshPublicKey key = SshPublicKey.parse(SSH + " somebody@somewhere");

    assertThat(key.bits()).isEqualTo(2048);
    assertThat(key.ssh()).isEqualTo(SSH);
    assertThat(key.fingerprint()).isEqualTo(FINGERPRINT);
    assertThat(SshPublicKey.parse(key.pem() + "\n").ssh()).isEqualTo(SSH);
  }

  @Test
  void keysOfOtherKindsAreRefused() throws Exception {
    String ec =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder()
                .encodeToString(
                    KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----";

    assertThatIllegalArgumentException().isThrownBy(() -> SshPublicKey.parse(ec));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ssh-rsa",
        "ssh-rsa !!!",
        "ssh-rsa AAAA",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ",
        "-----BEGIN PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"
      })
  void whatIsNoKeyIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> SshPublicKey.parse(text));
  }

  @Test
  void everyCutOfAKeyIsRefused() {
    for (int length = 0; length < SSH.length() - 3; length++) {
      String cut = SSH.substring(0, length);
      assertThatIllegalArgumentException().isThrownBy(() -> SshPublicKey.parse(cut));
    }
  }
}
