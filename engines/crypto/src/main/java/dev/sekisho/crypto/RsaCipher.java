package dev.sekisho.crypto;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.interfaces.RSAKey;
import javax.crypto.Cipher;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.CipherParameters;

/** RSA itself, without padding, as Bouncy Castle's paddings want it. */
final class RsaCipher implements AsymmetricBlockCipher {

  private final Key key;
  private boolean forSigning;

  RsaCipher(Key key) {
    this.key = key;
  }

  static Cipher raw() throws GeneralSecurityException {
    return Providers.fastest("Cipher", "RSA/ECB/NoPadding", Cipher::getInstance);
  }

  @Override
  public void init(boolean signing, CipherParameters ignored) {
    forSigning = signing;
  }

  @Override
  public int getInputBlockSize() {
    return bytes();
  }

  @Override
  public int getOutputBlockSize() {
    return bytes();
  }

  @Override
  public byte[] processBlock(byte[] in, int offset, int length) {
    try {
      Cipher cipher = raw();
      cipher.init(forSigning ? Cipher.DECRYPT_MODE : Cipher.ENCRYPT_MODE, key);
      return cipher.doFinal(in, offset, length);
    } catch (GeneralSecurityException outOfRange) {
      throw new CryptoException();
    }
  }

  private int bytes() {
    return ((RSAKey) key).getModulus().bitLength() / 8;
  }
}
