package dev.sekisho.secretsmanager;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a secret rotates, and where its rotation stands.
 *
 * @param rules when
 * @param enabled whether it rotates by itself
 * @param nextAt when it rotates next
 * @param pending the rotation under way; null when there is none
 * @param failure why the last one failed
 */
record Rotation(
    String secret,
    String functionArn,
    RotationRules rules,
    boolean enabled,
    @Nullable Instant rotatedAt,
    @Nullable Instant nextAt,
    @Nullable Pending pending,
    @Nullable String failure) {

  /**
   * A rotation under way.
   *
   * @param step what is to be done next
   * @param version the id of the version that it makes
   * @param testing whether only the test is done, on what is current
   * @param attempts how many have failed
   */
  record Pending(RotationStep step, String version, boolean testing, int attempts) {}

  Rotation with(@Nullable Pending other, @Nullable String why) {
    return new Rotation(secret, functionArn, rules, enabled, rotatedAt, nextAt, other, why);
  }

  /** The same function and rules, with the progress of the other. */
  Rotation withProgressOf(Rotation other) {
    return new Rotation(
        secret,
        functionArn,
        rules,
        enabled,
        other.rotatedAt,
        other.nextAt,
        other.pending,
        other.failure);
  }

  /** The same, counted from now on. */
  Rotation scheduled(Instant now) {
    return new Rotation(
        secret, functionArn, rules, enabled, rotatedAt, rules.next(now), pending, failure);
  }

  /** After a rotation that was done. */
  Rotation rotated(Instant now) {
    return new Rotation(
        secret, functionArn, rules, enabled, now, enabled ? rules.next(now) : null, null, null);
  }

  /** The same, not by itself any more. */
  Rotation cancelled() {
    return new Rotation(secret, functionArn, rules, false, rotatedAt, null, null, failure);
  }
}
