package dev.sekisho.wire.signature;

/** The words that stand in place of a body's hash where a service takes such bodies. */
public final class Payload {

  /** The signature says nothing of the body. */
  public static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  /** The body comes in chunks, each signed. */
  public static final String STREAMING = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";

  /** The same, with a signed trailer. */
  public static final String STREAMING_TRAILER = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";

  /** The body comes in chunks that are not signed, with a trailer. */
  public static final String STREAMING_UNSIGNED_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

  private Payload() {}

  /** Whether the body is written as aws-chunked. */
  public static boolean isStreaming(String word) {
    return isSigned(word) || word.equals(STREAMING_UNSIGNED_TRAILER);
  }

  /** Whether each chunk carries a signature. */
  public static boolean isSigned(String word) {
    return word.equals(STREAMING) || word.equals(STREAMING_TRAILER);
  }

  /** Whether fields follow the last chunk. */
  public static boolean hasTrailer(String word) {
    return word.equals(STREAMING_TRAILER) || word.equals(STREAMING_UNSIGNED_TRAILER);
  }
}
