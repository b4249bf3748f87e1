/** The event log's tests: one contract for both engines. */
@NullMarked
package dev.sekisho.events;

import org.jspecify.annotations.NullMarked;
