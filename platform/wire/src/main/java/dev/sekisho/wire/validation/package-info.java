/**
 * Checks a decoded request against the contract's constraints and says what is wrong in AWS's
 * words.
 *
 * <p>What must not live here: rules that need to know a resource or a service.
 */
@NullMarked
package dev.sekisho.wire.validation;

import org.jspecify.annotations.NullMarked;
