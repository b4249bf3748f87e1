/**
 * The {@code aws-chunked} content coding in which S3's clients upload: chunks within the body, each
 * with a signature of its own, and a trailer for checksums that are known only at the end.
 *
 * <p>What must not live here: HTTP's own chunked transfer coding (see the port), checksums.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html">Transferring
 *     Payload in Multiple Chunks</a>
 */
@NullMarked
package dev.sekisho.wire.chunked;

import org.jspecify.annotations.NullMarked;
