/**
 * The program: its options, the wiring of every module from top to bottom, start and stop. The only
 * place that knows all modules.
 *
 * <p>What must not live here: behaviour of any service or protocol.
 */
@NullMarked
package dev.sekisho.server;

import org.jspecify.annotations.NullMarked;
