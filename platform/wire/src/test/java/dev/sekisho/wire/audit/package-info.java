/** Tests of what events say. */
@NullMarked
package dev.sekisho.wire.audit;

import org.jspecify.annotations.NullMarked;
