package dev.sekisho.cloudtrail;

import dev.sekisho.core.Blob;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A log file or a digest as it was planned: its name, its bytes, and what is said of it.
 *
 * @param number its place among all files of the trail
 * @param content gzipped; null once it is delivered
 * @param sha256 of the content before it was compressed, in hexadecimal
 * @param signature a digest's, in hexadecimal
 * @param fingerprint of the key that signed the digest
 * @param oldest when its first event was; null when it has none
 * @param newest when its last event was
 * @param periodEnd where a digest's period ends
 */
record PlannedFile(
    String trail,
    long number,
    String account,
    String region,
    boolean digest,
    String bucket,
    String key,
    @Nullable Blob content,
    String sha256,
    @Nullable String signature,
    @Nullable String fingerprint,
    @Nullable Instant oldest,
    @Nullable Instant newest,
    @Nullable Instant periodEnd) {

  /** The same at its place among the files of the trail. */
  PlannedFile numbered(long place) {
    return new PlannedFile(
        trail,
        place,
        account,
        region,
        digest,
        bucket,
        key,
        content,
        sha256,
        signature,
        fingerprint,
        oldest,
        newest,
        periodEnd);
  }
}
