package dev.sekisho.crypto;

import org.bouncycastle.crypto.Digest;

/** A digest that was made elsewhere, for signers that insist on making it. */
final class GivenDigest implements Digest {

  private final byte[] value;

  GivenDigest(byte[] value) {
    this.value = value;
  }

  @Override
  public String getAlgorithmName() {
    return "given";
  }

  @Override
  public int getDigestSize() {
    return value.length;
  }

  @Override
  public void update(byte in) {
    // What it is of is known to whoever made it.
  }

  @Override
  public void update(byte[] in, int offset, int length) {
    // What it is of is known to whoever made it.
  }

  @Override
  public int doFinal(byte[] out, int offset) {
    System.arraycopy(value, 0, out, offset, value.length);
    return value.length;
  }

  @Override
  public void reset() {
    // It stays what it is.
  }
}
