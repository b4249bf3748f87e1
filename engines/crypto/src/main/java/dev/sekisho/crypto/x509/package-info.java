/**
 * X.509: certificates, certificate requests, revocation lists and OCSP answers, read and signed.
 *
 * <p>Whatever is read may be hostile: it is bounded, and refused by {@link
 * dev.sekisho.crypto.x509.RefusedInput} with a text that can be shown. What a certificate
 * authority's policies allow is not decided here, and nothing here knows AWS's templates.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280">RFC 5280</a>
 */
@NullMarked
package dev.sekisho.crypto.x509;

import org.jspecify.annotations.NullMarked;
