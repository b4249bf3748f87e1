/**
 * Finds out which service and which operation a request is for, before anything else is believed.
 *
 * <p>What must not live here: signatures, bodies beyond what names the operation.
 */
@NullMarked
package dev.sekisho.wire.routing;

import org.jspecify.annotations.NullMarked;
