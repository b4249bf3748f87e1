/**
 * AWS CloudTrail: what happened, looked up in the event log.
 *
 * <p>What must not live here: how events are written (see the wire's audit) and kept (see the event
 * log). Nothing here can change an event.
 */
@NullMarked
package dev.sekisho.cloudtrail;

import org.jspecify.annotations.NullMarked;
