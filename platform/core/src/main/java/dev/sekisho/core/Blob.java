package dev.sekisho.core;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * Bytes that travel in a request or an answer.
 *
 * <p>The array is shared, not copied: whoever makes a blob gives the array away and whoever reads
 * it leaves it as it is. It prints its length only, for it may be plaintext.
 */
public final class Blob implements Content {

  private final byte[] bytes;

  private Blob(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Wraps the bytes; the caller must not change them afterwards. */
  public static Blob of(byte[] bytes) {
    return new Blob(bytes);
  }

  /** The bytes themselves; do not change them. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return bytes.length;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }

  /** Standard base64 with padding. */
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Blob that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Blob[" + bytes.length + " bytes]";
  }
}
