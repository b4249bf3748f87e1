package dev.sekisho.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Bytes that must never be seen: keys, secret access keys, passwords.
 *
 * <p>A secret cannot be printed, serialised or compared other than in constant time. Reading the
 * bytes is a call by the name {@link #reveal}, so that each place that does is easy to find.
 */
public final class Secret {

  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes a copy of the bytes. */
  public static Secret of(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  /** The UTF-8 bytes of the text. */
  public static Secret of(String text) {
    return new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A copy of the bytes; whoever asks answers for what becomes of them. */
  public byte[] reveal() {
    return bytes.clone();
  }

  /** The secret as UTF-8 text; whoever asks answers for what becomes of it. */
  public String revealText() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  public int length() {
    return bytes.length;
  }

  /** Compares in time that depends on the lengths only. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(bytes, that.bytes);
  }

  /** Constant, so that a hash says nothing of the bytes. */
  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
