package dev.sekisho.crypto;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Secret;
import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * A key pair ready for use. Immutable; safe for many threads.
 *
 * <p>It prints its kind only: a provider's private key may print itself.
 */
public final class AsymmetricKey {

  private final KeyPairSpec spec;
  private final PrivateKey privateKey;
  private final PublicKey publicKey;
  private final Secret pkcs8;
  private final Blob subjectPublicKeyInfo;

  AsymmetricKey(
      KeyPairSpec spec,
      PrivateKey privateKey,
      PublicKey publicKey,
      Secret pkcs8,
      Blob subjectPublicKeyInfo) {
    this.spec = spec;
    this.privateKey = privateKey;
    this.publicKey = publicKey;
    this.pkcs8 = pkcs8;
    this.subjectPublicKeyInfo = subjectPublicKeyInfo;
  }

  public KeyPairSpec spec() {
    return spec;
  }

  PrivateKey privateKey() {
    return privateKey;
  }

  PublicKey publicKey() {
    return publicKey;
  }

  /** The private key as PKCS#8 in DER. */
  public Secret pkcs8() {
    return pkcs8;
  }

  /** The public key as X.509 SubjectPublicKeyInfo in DER. */
  public Blob subjectPublicKeyInfo() {
    return subjectPublicKeyInfo;
  }

  @Override
  public String toString() {
    return "AsymmetricKey[" + spec + "]";
  }
}
