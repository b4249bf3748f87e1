/**
 * Sekisho's HTTP port: Jetty's core set as strictly as it goes, with bounds on everything a peer
 * may send, in front of the pipeline.
 *
 * <p>What must not live here: anything of AWS beyond the request id headers.
 */
@NullMarked
package dev.sekisho.wire.http;

import org.jspecify.annotations.NullMarked;
