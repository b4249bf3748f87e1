package dev.sekisho.crypto;

import dev.sekisho.core.Secret;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** How key material is wrapped on its way here; the names are those KMS gives them. */
public enum KeyWrapping {
  RSAES_OAEP_SHA_1(RsaOaep.Hash.SHA_1, false),
  RSAES_OAEP_SHA_256(RsaOaep.Hash.SHA_256, false),
  RSA_AES_KEY_WRAP_SHA_1(RsaOaep.Hash.SHA_1, true),
  RSA_AES_KEY_WRAP_SHA_256(RsaOaep.Hash.SHA_256, true),
  /** By keys on the curve SM2, and by no others. */
  SM2PKE(null, false);

  private static final int AES_256 = 32;

  private final RsaOaep.@Nullable Hash hash;
  private final boolean hybrid;

  KeyWrapping(RsaOaep.@Nullable Hash hash, boolean hybrid) {
    this.hash = hash;
    this.hybrid = hybrid;
  }

  /** Whether material of any length can be wrapped, rather than what fits into RSA. */
  public boolean isHybrid() {
    return hybrid;
  }

  /** Whether keys of the kind can unwrap what was wrapped so. */
  public boolean suits(KeyPairSpec wrappingKey) {
    return (this == SM2PKE) == (wrappingKey == KeyPairSpec.SM2);
  }

  /**
   * Unwraps.
   *
   * @throws CryptoException when it was not wrapped so for the key
   */
  public Secret unwrap(AsymmetricKey key, byte[] wrapped) {
    if (hash == null) {
      return secret(Sm2.decrypt(key, wrapped));
    }
    int length = RsaOaep.length(key.spec());
    if (!hybrid) {
      return secret(RsaOaep.decrypt(key, hash, wrapped));
    }
    if (wrapped.length <= length) {
      throw new CryptoException();
    }
    byte[] aes = RsaOaep.decrypt(key, hash, Arrays.copyOf(wrapped, length));
    try {
      if (aes.length != AES_256) {
        throw new CryptoException();
      }
      return secret(unwrapPadded(aes, Arrays.copyOfRange(wrapped, length, wrapped.length)));
    } finally {
      Arrays.fill(aes, (byte) 0);
    }
  }

  /** AES key wrap with padding (RFC 5649). */
  static byte[] unwrapPadded(byte[] aes, byte[] wrapped) {
    try {
      Cipher cipher = Providers.fastest("Cipher", "AES/KWP/NoPadding", Cipher::getInstance);
      cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(aes, "AES"));
      return cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY).getEncoded();
    } catch (GeneralSecurityException | RuntimeException refused) {
      throw new CryptoException();
    }
  }

  private static Secret secret(byte[] bytes) {
    try {
      return Secret.of(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
