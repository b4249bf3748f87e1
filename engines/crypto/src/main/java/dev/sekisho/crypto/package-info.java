/**
 * Keys and what is done with them: authenticated encryption, the shape of KMS ciphertexts, the
 * keyring that seals all key material at rest.
 *
 * <p>What must not live here: SQL, HTTP, AWS's APIs, policies. A provider is always named; none is
 * installed for the whole process.
 */
@NullMarked
package dev.sekisho.crypto;

import org.jspecify.annotations.NullMarked;
