package dev.sekisho.iam;

import dev.sekisho.core.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An MFA device without its seed.
 *
 * @param account none for a hardware token that nobody has enabled
 * @param ownerId a user's unique id or, for the root user, the account's number; none while the
 *     device is not assigned
 * @param drift by how many steps the device's clock is ahead of ours
 * @param lastStep the step of the last code that was used
 */
record MfaDevice(
    String serial,
    @Nullable AccountId account,
    Kind kind,
    @Nullable String ownerId,
    Instant createdAt,
    @Nullable Instant enabledAt,
    long drift,
    long lastStep) {

  /** The kinds of devices. */
  enum Kind {
    /** A seed that a program keeps. */
    VIRTUAL,
    /** A seed in a token that shows codes. */
    HARDWARE,
    /** A FIDO2 authenticator, which shows no codes. */
    SECURITY_KEY
  }

  boolean showsCodes() {
    return kind != Kind.SECURITY_KEY;
  }
}
