package dev.sekisho.crypto;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.util.BigIntegers;

/**
 * Signatures and encryption on the curve SM2, with the hash SM3.
 *
 * <p>Security guarantees: a signature that is malformed in any way is not valid; a ciphertext that
 * is altered in any way is refused, and nothing is said of why.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8998#section-3.3.1.1">RFC 8998, the usual
 *     identifier</a>, GB/T 32918.2, GB/T 32918.4 and, for the ciphertext's form, GM/T 0009
 */
public final class Sm2 {

  /** How much AWS lets one encrypt. */
  public static final int CAPACITY = 1_024;

  private static final int COORDINATE = 32;
  private static final int HASH = 32;

  private Sm2() {}

  /**
   * Signs.
   *
   * @param message RAW, or the SM3 hash of the signer's values and the message
   */
  static byte[] sign(AsymmetricKey key, MessageType type, byte[] message) {
    SM2Signer signer = signer(type, message);
    signer.init(true, new ParametersWithRandom(privateKey(key)));
    if (type == MessageType.RAW) {
      signer.update(message, 0, message.length);
    }
    try {
      return signer.generateSignature();
    } catch (CryptoException impossible) {
      // No cause: a provider's message could tell of the key.
      throw new IllegalStateException("SM2 cannot sign");
    }
  }

  static boolean verify(AsymmetricKey key, MessageType type, byte[] message, byte[] signature) {
    SM2Signer signer = signer(type, message);
    signer.init(false, publicKey(key));
    if (type == MessageType.RAW) {
      signer.update(message, 0, message.length);
    }
    return signer.verifySignature(signature);
  }

  private static SM2Signer signer(MessageType type, byte[] message) {
    return type == MessageType.RAW
        ? new SM2Signer(new SM3Digest())
        : new SM2Signer(StandardDSAEncoding.INSTANCE, new GivenDigest(message));
  }

  /**
   * Encrypts.
   *
   * @param plaintext of one byte or more
   * @return the point, the hash and the encrypted bytes as a sequence in DER
   */
  public static byte[] encrypt(AsymmetricKey key, byte[] plaintext) {
    try {
      byte[] joined =
          engine(true, new ParametersWithRandom(publicKey(key)))
              .processBlock(plaintext, 0, plaintext.length);
      int point = 1 + 2 * COORDINATE;
      return new DERSequence(
              new org.bouncycastle.asn1.ASN1Encodable[] {
                new ASN1Integer(BigIntegers.fromUnsignedByteArray(joined, 1, COORDINATE)),
                new ASN1Integer(
                    BigIntegers.fromUnsignedByteArray(joined, 1 + COORDINATE, COORDINATE)),
                new DEROctetString(Arrays.copyOfRange(joined, point, point + HASH)),
                new DEROctetString(Arrays.copyOfRange(joined, point + HASH, joined.length))
              })
          .getEncoded(ASN1Encoding.DER);
    } catch (InvalidCipherTextException | IOException impossible) {
      throw new IllegalStateException("SM2 cannot encrypt", impossible);
    }
  }

  /**
   * Decrypts.
   *
   * @throws dev.sekisho.crypto.CryptoException when it is not a ciphertext for the key
   */
  public static byte[] decrypt(AsymmetricKey key, byte[] ciphertext) {
    try {
      byte[] joined = joined(ciphertext);
      return engine(false, privateKey(key)).processBlock(joined, 0, joined.length);
    } catch (InvalidCipherTextException | IOException | RuntimeException refused) {
      throw new dev.sekisho.crypto.CryptoException();
    }
  }

  /** The parts one after the other; another encoding of them than the one in DER is refused. */
  private static byte[] joined(byte[] ciphertext) throws IOException {
    ASN1Sequence parts = ASN1Sequence.getInstance(ciphertext);
    byte[] hash = ASN1OctetString.getInstance(parts.getObjectAt(2)).getOctets();
    byte[] encrypted = ASN1OctetString.getInstance(parts.getObjectAt(3)).getOctets();
    if (parts.size() != 4
        || hash.length != HASH
        || encrypted.length > CAPACITY
        || !Arrays.equals(parts.getEncoded(ASN1Encoding.DER), ciphertext)) {
      throw new IOException("not an SM2 ciphertext");
    }
    byte[] joined = new byte[1 + 2 * COORDINATE + HASH + encrypted.length];
    joined[0] = 4;
    coordinate(parts, 0, joined, 1);
    coordinate(parts, 1, joined, 1 + COORDINATE);
    System.arraycopy(hash, 0, joined, 1 + 2 * COORDINATE, HASH);
    System.arraycopy(encrypted, 0, joined, 1 + 2 * COORDINATE + HASH, encrypted.length);
    return joined;
  }

  private static void coordinate(ASN1Sequence parts, int index, byte[] target, int offset) {
    byte[] value =
        BigIntegers.asUnsignedByteArray(
            COORDINATE, ASN1Integer.getInstance(parts.getObjectAt(index)).getPositiveValue());
    System.arraycopy(value, 0, target, offset, COORDINATE);
  }

  private static SM2Engine engine(boolean encrypting, CipherParameters key) {
    SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
    engine.init(encrypting, key);
    return engine;
  }

  private static AsymmetricKeyParameter privateKey(AsymmetricKey key) {
    byte[] pkcs8 = key.pkcs8().reveal();
    try {
      return PrivateKeyFactory.createKey(pkcs8);
    } catch (IOException unreadable) {
      throw new dev.sekisho.crypto.CryptoException();
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  private static AsymmetricKeyParameter publicKey(AsymmetricKey key) {
    try {
      return PublicKeyFactory.createKey(key.subjectPublicKeyInfo().bytes());
    } catch (IOException unreadable) {
      throw new dev.sekisho.crypto.CryptoException();
    }
  }
}
