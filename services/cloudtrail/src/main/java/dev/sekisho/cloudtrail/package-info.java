/**
 * AWS CloudTrail: what happened, looked up in the event log and delivered to buckets.
 *
 * <p>Nothing here can change an event: the event log has no way to do that. What is delivered is
 * planned in the transaction that passes over its events, so it is delivered once.
 *
 * <p>What must not live here: how events are written (see the wire's audit) and kept (see the event
 * log), how objects are stored.
 */
@NullMarked
package dev.sekisho.cloudtrail;

import org.jspecify.annotations.NullMarked;
