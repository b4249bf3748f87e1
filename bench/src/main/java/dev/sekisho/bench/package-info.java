/**
 * How fast Sekisho is: micro-benchmarks of the hot paths (JMH) and whole calls beside a bare HTTP
 * server. {@code ./sekisho bench} runs the latter, {@code ./sekisho bench jmh} the former.
 *
 * <p>What must not live here: anything that runs in production.
 */
@NullMarked
package dev.sekisho.bench;

import org.jspecify.annotations.NullMarked;
