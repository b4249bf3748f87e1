/**
 * The words every part of Sekisho shares: names of things (ARN, account, region), who calls, what
 * an operation asks for and may answer, and the two doors to the outside world that must be
 * injectable (time and randomness).
 *
 * <p>What must not live here: I/O, SQL, HTTP, JSON, anything of one AWS service.
 */
@NullMarked
package dev.sekisho.core;

import org.jspecify.annotations.NullMarked;
