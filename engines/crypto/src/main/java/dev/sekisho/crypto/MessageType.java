package dev.sekisho.crypto;

/** What is handed over to be signed. */
public enum MessageType {
  /** The message itself. */
  RAW,
  /** Its digest, by the algorithm's hash function. */
  DIGEST,
  /** ML-DSA's representative of a message, computed outside. */
  EXTERNAL_MU
}
