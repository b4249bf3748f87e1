/**
 * How the keyring is kept: a file whose keys are sealed by a root key, which is in the file itself,
 * comes from a passphrase, or stays in an HSM.
 *
 * <p>The root key is needed at the start and when the file is changed, never for a call: its keys
 * are opened once and held in memory.
 *
 * <p>What must not live here: SQL, command lines, what the keys seal.
 */
@NullMarked
package dev.sekisho.crypto.keyring;

import org.jspecify.annotations.NullMarked;
