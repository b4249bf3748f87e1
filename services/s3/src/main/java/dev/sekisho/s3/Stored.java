package dev.sekisho.s3;

import org.jspecify.annotations.Nullable;

/**
 * Bytes that were received whole and are on disk, belonging to nothing yet.
 *
 * @param md5 of the bytes, in hexadecimal; none of what KMS seals
 * @param checksum computed from the bytes, and what the caller gave if it gave one
 */
record Stored(String file, long length, @Nullable String md5, ObjectChecksum checksum) {}
