/**
 * AWS KMS: keys that never leave, what is done with them, and who may.
 *
 * <p>What the package promises: key material is at rest only sealed, a ciphertext opens only under
 * the key and the context it was made with, and a key that was deleted is gone with its material.
 *
 * <p>What must not live here: ciphers themselves (see the crypto engine), decisions on access (see
 * the policy engine).
 */
@NullMarked
package dev.sekisho.kms;

import org.jspecify.annotations.NullMarked;
