package dev.sekisho.crypto;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * The ciphertext of a symmetric KMS key, in the outer shape AWS gives it: a header that names the
 * key material, then a CMS EncryptedData. To clients it is opaque.
 *
 * <p>Every byte is authenticated: the header is associated data, the CMS part has one encoding
 * only.
 *
 * @param materialId 64 lower-case hexadecimal digits: which key material opens it
 */
public record CiphertextBlob(String materialId, Blob salt, Blob iv, Blob sealed) {

  private static final byte[] MAGIC = {1, 2, 2, 0, 0x78};
  private static final int MATERIAL = 32;
  private static final int HEADER = MAGIC.length + MATERIAL + 1 + AuthenticatedEncryption.SALT;
  private static final int LARGEST = 6_144;
  private static final HexFormat HEX = HexFormat.of();

  /** Encrypts under the material. */
  public static byte[] encrypt(
      String materialId,
      Secret material,
      Map<String, String> context,
      byte[] plaintext,
      Randomness randomness) {
    byte[] salt = randomness.bytes(AuthenticatedEncryption.SALT);
    byte[] iv = randomness.bytes(AuthenticatedEncryption.IV);
    byte[] header = header(materialId, salt);
    byte[] sealed =
        AuthenticatedEncryption.encrypt(
            material, salt, iv, EncryptionContext.bind(header, context), plaintext);
    byte[] cms = EncryptedData.write(iv, sealed);
    return ByteBuffer.allocate(header.length + 4 + cms.length)
        .put(header)
        .putInt(cms.length)
        .put(cms)
        .array();
  }

  /**
   * Reads the shape; nothing is believed until {@link #decrypt}.
   *
   * @throws CryptoException when it is not one of ours
   */
  public static CiphertextBlob parse(byte[] blob) {
    if (blob.length < HEADER + 4 || blob.length > LARGEST) {
      throw new CryptoException();
    }
    ByteBuffer buffer = ByteBuffer.wrap(blob);
    try {
      byte[] magic = next(buffer, MAGIC.length);
      byte[] material = next(buffer, MATERIAL);
      byte saltMark = buffer.get();
      byte[] salt = next(buffer, AuthenticatedEncryption.SALT);
      int length = buffer.getInt();
      if (!Arrays.equals(magic, MAGIC) || saltMark != 1 || length != buffer.remaining()) {
        throw new CryptoException();
      }
      EncryptedData cms = EncryptedData.read(next(buffer, length));
      return new CiphertextBlob(HEX.formatHex(material), Blob.of(salt), cms.iv(), cms.sealed());
    } catch (BufferUnderflowException cutShort) {
      throw new CryptoException();
    }
  }

  /**
   * Decrypts under the material.
   *
   * @throws CryptoException when the material, the context or any byte is not as it was
   */
  public byte[] decrypt(Secret material, Map<String, String> context) {
    return AuthenticatedEncryption.decrypt(
        material,
        salt.bytes(),
        iv.bytes(),
        EncryptionContext.bind(header(materialId, salt.bytes()), context),
        sealed.bytes());
  }

  private static byte[] header(String materialId, byte[] salt) {
    return ByteBuffer.allocate(HEADER)
        .put(MAGIC)
        .put(HEX.parseHex(materialId))
        .put((byte) 1)
        .put(salt)
        .array();
  }

  private static byte[] next(ByteBuffer buffer, int length) {
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }
}
