/**
 * What Sekisho reaches outside because its administrator says so: an S3 endpoint for its archive,
 * endpoints of topics, functions that rotate secrets.
 *
 * <p>What must not live here: what is sent, and when.
 */
@NullMarked
package dev.sekisho.server.outside;

import org.jspecify.annotations.NullMarked;
