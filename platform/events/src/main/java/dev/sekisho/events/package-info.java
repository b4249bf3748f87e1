/**
 * The event log, the spine of Sekisho: every call appends here, everything that watches reads here.
 *
 * <p>What must not live here: what events mean, where they are delivered.
 */
@NullMarked
package dev.sekisho.events;

import org.jspecify.annotations.NullMarked;
