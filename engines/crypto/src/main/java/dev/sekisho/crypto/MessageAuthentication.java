package dev.sekisho.crypto;

import dev.sekisho.core.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC; the names are those KMS gives them. */
public enum MessageAuthentication {
  HMAC_SHA_224("HmacSHA224"),
  HMAC_SHA_256("HmacSHA256"),
  HMAC_SHA_384("HmacSHA384"),
  HMAC_SHA_512("HmacSHA512");

  private final String algorithm;

  MessageAuthentication(String algorithm) {
    this.algorithm = algorithm;
  }

  /** The code of the message under the key. */
  public byte[] code(Secret key, byte[] message) {
    byte[] revealed = key.reveal();
    try {
      Mac mac = Providers.fastest("Mac", algorithm, Mac::getInstance);
      mac.init(new SecretKeySpec(revealed, algorithm));
      return mac.doFinal(message);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("HMAC is part of every JDK", impossible);
    } finally {
      Arrays.fill(revealed, (byte) 0);
    }
  }

  /** Whether the code is the message's, told in time that does not depend on where they differ. */
  public boolean verify(Secret key, byte[] message, byte[] code) {
    return MessageDigest.isEqual(code(key, message), code);
  }
}
