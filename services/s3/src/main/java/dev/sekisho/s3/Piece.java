package dev.sekisho.s3;

/**
 * A file, all of which is part of an object.
 *
 * @param length bytes of plaintext
 */
record Piece(String file, long length) {}
