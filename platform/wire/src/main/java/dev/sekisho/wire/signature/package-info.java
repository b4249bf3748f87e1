/**
 * AWS Signature Version 4: who signed a request, checked to the last byte.
 *
 * <p>What must not live here: which error a service gives for a failed check (see the protocols),
 * and where credentials are kept (see {@link dev.sekisho.core.PrincipalResolver}).
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html">Signature
 *     Version 4</a>
 */
@NullMarked
package dev.sekisho.wire.signature;

import org.jspecify.annotations.NullMarked;
