/**
 * AWS's wire protocols: bytes to records and back, driven by the contract's shapes.
 *
 * <p>One class per protocol ties together the readers and writers for its formats (JSON, form, XML,
 * URI). What must not live here: checks of constraints (see validation), anything of one service.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/index.html">AWS protocols</a>
 */
@NullMarked
package dev.sekisho.wire.protocol;

import org.jspecify.annotations.NullMarked;
