/**
 * Amazon S3: buckets of objects on the local disk, and who may do what with them.
 *
 * <p>What the package promises: an object is visible whole or not at all, whenever the process
 * ends; what is on disk is sealed; and what Object Lock protects is removed by nobody before its
 * time.
 *
 * <p>What must not live here: ciphers themselves (see the crypto engine), decisions on access (see
 * the policy engine), how requests and answers travel (see the wire).
 */
@NullMarked
package dev.sekisho.s3;

import org.jspecify.annotations.NullMarked;
