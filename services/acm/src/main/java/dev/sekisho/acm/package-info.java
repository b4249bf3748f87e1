/**
 * Certificate Manager: certificates asked for, proved, issued, imported, renewed and exported.
 *
 * <p>Public certificates are issued by an authority of this Sekisho's own, whose root the clients
 * have to be told to trust; private ones by Private CA, through the core's interface.
 *
 * <p>What must not live here: X.509's encoding and checks (see {@code dev.sekisho.crypto.x509}),
 * DNS's protocol, HTTP.
 */
@NullMarked
package dev.sekisho.acm;

import org.jspecify.annotations.NullMarked;
