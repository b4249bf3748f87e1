package dev.sekisho.wire.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import javax.crypto.Mac;

/**
 * The signatures of a streaming body's chunks. Each covers the one before it, back to the request's
 * own, so that no chunk can be left out, doubled or moved.
 *
 * <p>For one body; not safe for many threads.
 */
public final class ChunkSignatures {

  private static final String CHUNK = "AWS4-HMAC-SHA256-PAYLOAD";
  private static final String TRAILER = "AWS4-HMAC-SHA256-TRAILER";

  private final Mac mac;
  private final String context;
  private String previous;

  /**
   * @param mac keyed with the request's signing key; given away
   * @param timestamp the request's
   * @param seed the request's own signature
   */
  ChunkSignatures(Mac mac, String timestamp, CredentialScope scope, String seed) {
    this.mac = mac;
    this.context = '\n' + timestamp + '\n' + scope.text() + '\n';
    this.previous = seed;
  }

  /**
   * Checks the next chunk.
   *
   * @param bytes the chunk's content
   */
  public boolean isChunk(byte[] bytes, String signature) {
    return isNext(
        CHUNK + context + previous + '\n' + Sha256.EMPTY + '\n' + Sha256.hex(bytes), signature);
  }

  /**
   * Checks the trailer, which comes after the last chunk.
   *
   * @param bytes the trailer's fields, one {@code name:value} a line
   */
  public boolean isTrailer(byte[] bytes, String signature) {
    return isNext(TRAILER + context + previous + '\n' + Sha256.hex(bytes), signature);
  }

  private boolean isNext(String toSign, String signature) {
    String expected = Sha256.HEX.formatHex(mac.doFinal(toSign.getBytes(StandardCharsets.US_ASCII)));
    previous = expected;
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.UTF_8));
  }
}
