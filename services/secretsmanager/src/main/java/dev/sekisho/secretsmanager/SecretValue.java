package dev.sekisho.secretsmanager;

import dev.sekisho.core.Blob;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** What a version keeps: a text or bytes. It is not to be seen in any text about it. */
final class SecretValue {

  private static final int LARGEST = 65_536;

  private final byte[] bytes;
  private final boolean binary;

  SecretValue(byte[] bytes, boolean binary) {
    this.bytes = bytes;
    this.binary = binary;
  }

  /**
   * What a call gives.
   *
   * @return null when it gives none
   * @throws dev.sekisho.core.ServiceException InvalidParameterException
   */
  static @Nullable SecretValue of(@Nullable String text, @Nullable Blob blob) {
    if (text != null && blob != null) {
      throw SecretsManagerErrors.invalidParameter(
          "You can't specify both a binary secret value and a string secret value in the same"
              + " secret.");
    }
    if (text == null && blob == null) {
      return null;
    }
    SecretValue value =
        text == null
            ? new SecretValue(blob == null ? new byte[0] : blob.bytes(), true)
            : new SecretValue(text.getBytes(StandardCharsets.UTF_8), false);
    if (value.bytes.length > LARGEST) {
      throw SecretsManagerErrors.invalidParameter(
          "The secret value must not be larger than " + LARGEST + " bytes.");
    }
    return value;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  boolean binary() {
    return binary;
  }

  @Nullable String text() {
    return binary ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  @Nullable Blob blob() {
    return binary ? Blob.of(bytes) : null;
  }

  /** Compared in constant time. */
  boolean isSame(SecretValue other) {
    return binary == other.binary && MessageDigest.isEqual(bytes, other.bytes);
  }

  @Override
  public String toString() {
    return "SecretValue[" + bytes.length + " bytes]";
  }
}
