/**
 * {@code sekisho tail}: the events of a running Sekisho in a terminal, as they come.
 *
 * <p>It reads the database beside the server. What must not live here: anything that changes it.
 */
@NullMarked
package dev.sekisho.server.tail;

import org.jspecify.annotations.NullMarked;
