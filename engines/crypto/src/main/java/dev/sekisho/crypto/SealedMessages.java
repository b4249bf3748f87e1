package dev.sekisho.crypto;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Why a call was refused, sealed: whoever was refused carries it to somebody who may read it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html">DecodeAuthorizationMessage</a>
 */
public final class SealedMessages {

  private static final String PURPOSE = "sts/authorization-message";
  private static final int LARGEST = 1 << 20;

  private final Keyring keyring;

  public SealedMessages(Keyring keyring) {
    this.keyring = keyring;
  }

  /** Seals the message; two seals of one message differ. */
  public String seal(String message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(message.getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(keyring.seal(PURPOSE, bytes.toByteArray()));
  }

  /**
   * Reads a message back.
   *
   * @throws CryptoException when it is not one of ours
   */
  public String open(String sealed) {
    try (InflaterInputStream in =
        new InflaterInputStream(
            new ByteArrayInputStream(
                keyring.open(PURPOSE, Base64.getUrlDecoder().decode(sealed))))) {
      return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
    } catch (IOException | IllegalArgumentException notOurs) {
      throw new CryptoException();
    }
  }
}
