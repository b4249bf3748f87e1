package dev.sekisho.s3;

/**
 * Bytes that were received whole and are on disk, belonging to nothing yet.
 *
 * @param md5 of the bytes, in hexadecimal
 * @param checksum computed from the bytes, and what the caller gave if it gave one
 */
record Stored(String file, long length, String md5, ObjectChecksum checksum) {}
