package dev.sekisho.conformance;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A token as a person has it: shows the code of the moment. Written without Sekisho's own code.
 *
 * @param base32 the seed
 */
record Token(String base32) {

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  /** The code at the time, or so many steps of thirty seconds after it. */
  String code(Instant time, int steps) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(seed(), "HmacSHA1"));
      byte[] hash =
          mac.doFinal(ByteBuffer.allocate(8).putLong(time.getEpochSecond() / 30 + steps).array());
      int at = hash[19] & 15;
      int number = ByteBuffer.wrap(hash, at, 4).getInt() & Integer.MAX_VALUE;
      return String.format("%06d", number % 1_000_000);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A code that is none of those near the time. */
  String wrong(Instant time) {
    for (int number = 0; ; number++) {
      String code = String.format("%06d", number);
      boolean near = false;
      for (int steps = -3; steps <= 3; steps++) {
        near |= code(time, steps).equals(code);
      }
      if (!near) {
        return code;
      }
    }
  }

  private byte[] seed() {
    ByteBuffer bytes = ByteBuffer.allocate(base32.length() * 5 / 8);
    long held = 0;
    int bits = 0;
    for (char each : base32.toCharArray()) {
      held = (held << 5 | ALPHABET.indexOf(each)) & 0xffff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.put((byte) (held >> bits));
      }
    }
    return bytes.array();
  }
}
