package dev.sekisho.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Secrets and blobs do not show what they hold. */
class SecretTest {

  @Test
  void secretIsNeverPrinted() {
    Secret secret = Secret.of("hunter2");

    assertThat(secret.toString()).isEqualTo("Secret[hidden]");
    assertThat("a " + secret + " b").doesNotContain("hunter2");
    assertThat(secret.hashCode()).isEqualTo(Secret.of("other").hashCode());
    assertThat(secret.revealText()).isEqualTo("hunter2");
    assertThat(secret.length()).isEqualTo(7);
  }

  @Test
  void secretKeepsItsOwnCopy() {
    byte[] bytes = {1, 2, 3};
    Secret secret = Secret.of(bytes);
    bytes[0] = 9;
    secret.reveal()[1] = 9;

    assertThat(secret.reveal()).containsExactly(1, 2, 3);
  }

  @Test
  void secretsAreEqualByTheirBytes() {
    assertThat(Secret.of("a")).isEqualTo(Secret.of("a".getBytes(StandardCharsets.UTF_8)));
    assertThat(Secret.of("a")).isNotEqualTo(Secret.of("b")).isNotEqualTo(Secret.of("aa"));
  }

  @Test
  void blobPrintsItsLengthOnly() {
    Blob blob = Blob.of("plain".getBytes(StandardCharsets.UTF_8));

    assertThat(blob.toString()).isEqualTo("Blob[5 bytes]");
    assertThat(blob.base64()).isEqualTo("cGxhaW4=");
    assertThat(blob).isEqualTo(Blob.of("plain".getBytes(StandardCharsets.UTF_8)));
  }
}
