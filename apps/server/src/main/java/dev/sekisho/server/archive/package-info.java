/**
 * What Sekisho reaches outside to leave its archive there: an S3 endpoint, endpoints of topics.
 *
 * <p>What must not live here: what is delivered, and when.
 */
@NullMarked
package dev.sekisho.server.archive;

import org.jspecify.annotations.NullMarked;
