package dev.sekisho.wire.signature;

/** Whether a service lets a client leave the body out of the signature. */
public enum PayloadRule {
  /** The signature covers the body: every service but S3. */
  SIGNED,
  /** S3: {@code UNSIGNED-PAYLOAD} and the streaming forms are also taken. */
  OBJECT
}
