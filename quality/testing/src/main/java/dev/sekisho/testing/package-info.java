/**
 * Sekisho inside a test: a real server on a free port with a folder of its own, AWS's clients set
 * up for it, a clock that the test moves.
 *
 * <p>What must not live here: tests, anything that replaces a part of Sekisho.
 */
@NullMarked
package dev.sekisho.testing;

import org.jspecify.annotations.NullMarked;
