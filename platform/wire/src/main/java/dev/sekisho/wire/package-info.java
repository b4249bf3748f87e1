/**
 * The way of a call: from bytes on a socket to a service's operation and back, through every gate.
 *
 * <p>Limits, which service and operation, signature, decoding, validation, authorization, the
 * operation, its audit event, the answer. What must not live here: anything that knows a particular
 * service, SQL statements, policy evaluation.
 */
@NullMarked
package dev.sekisho.wire;

import org.jspecify.annotations.NullMarked;
