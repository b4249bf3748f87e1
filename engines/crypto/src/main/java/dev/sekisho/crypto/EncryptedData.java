package dev.sekisho.crypto;

import dev.sekisho.core.Blob;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A CMS ContentInfo that holds EncryptedData under AES-256-GCM, in DER.
 *
 * <p>Reading takes only what writing makes, to the byte, so that a ciphertext has one form.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5652">RFC 5652</a>, <a
 *     href="https://www.rfc-editor.org/rfc/rfc5084">RFC 5084</a>
 */
record EncryptedData(Blob iv, Blob sealed) {

  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] OID_ENCRYPTED_DATA = HEX.parseHex("06092a864886f70d010706");
  private static final byte[] OID_DATA = HEX.parseHex("06092a864886f70d010701");
  private static final byte[] OID_AES256_GCM = HEX.parseHex("060960864801650304012e");
  private static final byte[] VERSION_0 = HEX.parseHex("020100");
  private static final byte[] ICV_16 = HEX.parseHex("020110");
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int CONTEXT_0 = 0xa0;
  private static final int CONTEXT_0_PRIMITIVE = 0x80;

  static byte[] write(byte[] iv, byte[] sealed) {
    byte[] algorithm =
        element(SEQUENCE, OID_AES256_GCM, element(SEQUENCE, element(OCTETS, iv), ICV_16));
    byte[] content = element(SEQUENCE, OID_DATA, algorithm, element(CONTEXT_0_PRIMITIVE, sealed));
    return element(
        SEQUENCE, OID_ENCRYPTED_DATA, element(CONTEXT_0, element(SEQUENCE, VERSION_0, content)));
  }

  /**
   * Reads what {@link #write} made.
   *
   * @throws CryptoException when it is anything else
   */
  static EncryptedData read(byte[] der) {
    try {
      ByteBuffer in = ByteBuffer.wrap(der);
      enter(in, SEQUENCE);
      skip(in, OID_ENCRYPTED_DATA.length);
      enter(in, CONTEXT_0);
      enter(in, SEQUENCE);
      skip(in, VERSION_0.length);
      enter(in, SEQUENCE);
      skip(in, OID_DATA.length);
      enter(in, SEQUENCE);
      skip(in, OID_AES256_GCM.length);
      enter(in, SEQUENCE);
      byte[] iv = value(in, OCTETS);
      skip(in, ICV_16.length);
      byte[] sealed = value(in, CONTEXT_0_PRIMITIVE);
      // Whatever was passed over above is compared here: there is one encoding only.
      if (iv.length == AuthenticatedEncryption.IV
          && sealed.length >= AuthenticatedEncryption.TAG
          && Arrays.equals(write(iv, sealed), der)) {
        return new EncryptedData(Blob.of(iv), Blob.of(sealed));
      }
    } catch (BufferUnderflowException cutShort) {
      // Falls through to the one refusal.
    }
    throw new CryptoException();
  }

  private static int enter(ByteBuffer in, int tag) {
    if ((in.get() & 0xff) != tag) {
      throw new CryptoException();
    }
    int first = in.get() & 0xff;
    return switch (first) {
      case 0x81 -> in.get() & 0xff;
      case 0x82 -> in.getShort() & 0xffff;
      default -> first;
    };
  }

  private static byte[] value(ByteBuffer in, int tag) {
    int length = enter(in, tag);
    if (length > in.remaining()) {
      throw new CryptoException();
    }
    byte[] value = new byte[length];
    in.get(value);
    return value;
  }

  private static void skip(ByteBuffer in, int length) {
    in.get(new byte[length]);
  }

  private static byte[] element(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer out = ByteBuffer.allocate(length + 4);
    out.put((byte) tag);
    if (length < 0x80) {
      out.put((byte) length);
    } else if (length < 0x100) {
      out.put((byte) 0x81).put((byte) length);
    } else {
      out.put((byte) 0x82).putShort((short) length);
    }
    for (byte[] part : parts) {
      out.put(part);
    }
    return Arrays.copyOf(out.array(), out.position());
  }
}
