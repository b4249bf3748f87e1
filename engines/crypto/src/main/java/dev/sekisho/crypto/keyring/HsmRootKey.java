package dev.sekisho.crypto.keyring;

import dev.sekisho.core.Randomness;
import dev.sekisho.crypto.CryptoException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * A root key that is made in a PKCS#11 token and stays there: AES-256-GCM, done by the token.
 *
 * <p>One key seals a few values in its life, so that random initialization vectors never meet.
 */
final class HsmRootKey implements RootKey {

  private static final int IV = 12;
  private static final int TAG_BITS = 128;

  private final RootForm.InToken form;
  private final HsmToken.Session session;
  private final SecretKey key;
  private final Randomness randomness;

  private HsmRootKey(
      RootForm.InToken form, HsmToken.Session session, SecretKey key, Randomness randomness) {
    this.form = form;
    this.session = session;
    this.key = key;
    this.randomness = randomness;
  }

  /**
   * The key that the token has by that label.
   *
   * @throws UnsealException when it has none
   */
  static HsmRootKey find(RootForm.InToken form, HsmToken token, Randomness randomness) {
    HsmToken.Session session = token.open(form.label());
    try {
      if (session.keys().getKey(form.label(), null) instanceof SecretKey key) {
        return new HsmRootKey(form, session, key, randomness);
      }
      session.close();
      throw new UnsealException(
          "the HSM's token has no key "
              + form.label()
              + ", which seals the keyring; is it the right token (--hsm-slot)?");
    } catch (GeneralSecurityException | ProviderException failed) {
      session.close();
      throw new UnsealException("the HSM does not give its key " + form.label(), failed);
    }
  }

  /** Makes a key in the token. */
  static HsmRootKey make(HsmToken token, Randomness randomness) {
    RootForm.InToken form =
        new RootForm.InToken("sekisho-" + HexFormat.of().formatHex(randomness.bytes(8)));
    try (HsmToken.Session session = token.open(form.label())) {
      KeyGenerator generator = KeyGenerator.getInstance("AES", session.provider());
      generator.init(256);
      SecretKey made = generator.generateKey();
      if (made.getEncoded() != null) {
        throw new UnsealException("the HSM made a key that can leave it; it cannot be used");
      }
    } catch (GeneralSecurityException | ProviderException failed) {
      throw new UnsealException("the HSM cannot make an AES key: " + failed.getMessage(), failed);
    }
    // Found again, as the next start will have to.
    return find(form, token, randomness);
  }

  @Override
  public RootForm form() {
    return form;
  }

  @Override
  public byte[] seal(String purpose, byte[] plaintext) {
    byte[] iv = randomness.bytes(IV);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, iv, purpose).doFinal(plaintext);
      return ByteBuffer.allocate(IV + sealed.length).put(iv).put(sealed).array();
    } catch (GeneralSecurityException | ProviderException failed) {
      throw new UnsealException("the HSM cannot seal: " + failed.getMessage(), failed);
    }
  }

  @Override
  public byte[] open(String purpose, byte[] sealed) {
    if (sealed.length < IV + TAG_BITS / 8) {
      throw new CryptoException();
    }
    byte[] iv = new byte[IV];
    byte[] rest = new byte[sealed.length - IV];
    ByteBuffer.wrap(sealed).get(iv).get(rest);
    try {
      return cipher(Cipher.DECRYPT_MODE, iv, purpose).doFinal(rest);
    } catch (GeneralSecurityException | ProviderException failed) {
      throw new CryptoException();
    }
  }

  private Cipher cipher(int mode, byte[] iv, String purpose) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", session.provider());
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
    cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  @Override
  public void close() {
    session.close();
  }
}
