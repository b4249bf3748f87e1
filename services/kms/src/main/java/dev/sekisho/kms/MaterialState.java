package dev.sekisho.kms;

/** What part material plays in its key, by AWS's names. */
enum MaterialState {
  /** It encrypts. */
  CURRENT,
  /** It decrypts what it encrypted once. */
  NON_CURRENT,
  /** It was imported to become the current one by the next rotation. */
  PENDING_ROTATION
}
