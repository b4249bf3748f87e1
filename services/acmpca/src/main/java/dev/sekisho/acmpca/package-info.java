/**
 * AWS Private CA: certificate authorities, what they issue, and what becomes of it.
 *
 * <p>A private key of an authority is made here, sealed by the keyring and never told; it signs
 * certificates, revocation lists and OCSP answers and nothing else.
 *
 * <p>What must not live here: X.509's encoding and checks (see {@code dev.sekisho.crypto.x509}),
 * HTTP.
 */
@NullMarked
package dev.sekisho.acmpca;

import org.jspecify.annotations.NullMarked;
