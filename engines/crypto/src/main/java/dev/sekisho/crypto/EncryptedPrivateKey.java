package dev.sekisho.crypto;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.spec.KeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * Private keys under a passphrase, as OpenSSL and others read them: PKCS #8 by PBES2 with
 * PBKDF2-HMAC-SHA-256 and AES-256-CBC.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8018">RFC 8018</a>
 */
public final class EncryptedPrivateKey {

  private static final int ROUNDS = 100_000;
  private static final int SALT = 16;
  private static final int BLOCK = 16;
  private static final int KEY_BITS = 256;

  private EncryptedPrivateKey() {}

  /**
   * Encrypts.
   *
   * @param pkcs8 in DER
   * @return EncryptedPrivateKeyInfo in DER
   */
  public static byte[] encrypt(Secret pkcs8, Secret passphrase, Randomness randomness) {
    byte[] salt = randomness.bytes(SALT);
    byte[] iv = randomness.bytes(BLOCK);
    byte[] revealed = pkcs8.reveal();
    char[] phrase = passphrase.revealText().toCharArray();
    KeySpec spec = new PBEKeySpec(phrase, salt, ROUNDS, KEY_BITS);
    try {
      byte[] key =
          Providers.fastest(
                  "SecretKeyFactory", "PBKDF2WithHmacSHA256", SecretKeyFactory::getInstance)
              .generateSecret(spec)
              .getEncoded();
      Cipher cipher = Providers.fastest("Cipher", "AES/CBC/PKCS5Padding", Cipher::getInstance);
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
      Arrays.fill(key, (byte) 0);
      return new EncryptedPrivateKeyInfo(scheme(salt, iv), cipher.doFinal(revealed)).getEncoded();
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("PBES2 is part of every JDK");
    } finally {
      Arrays.fill(revealed, (byte) 0);
      Arrays.fill(phrase, '\0');
    }
  }

  private static AlgorithmIdentifier scheme(byte[] salt, byte[] iv) {
    return new AlgorithmIdentifier(
        PKCSObjectIdentifiers.id_PBES2,
        new PBES2Parameters(
            new KeyDerivationFunc(
                PKCSObjectIdentifiers.id_PBKDF2,
                new PBKDF2Params(
                    salt,
                    ROUNDS,
                    KEY_BITS / Byte.SIZE,
                    new AlgorithmIdentifier(
                        PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE))),
            new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv))));
  }
}
