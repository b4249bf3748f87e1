/**
 * Addresses that rules are about: what they look like as text, and sets of a million of them.
 *
 * <p>Where an address comes from (a socket, a header) and what a match means is no matter of this
 * package. Names are never looked up.
 */
@NullMarked
package dev.sekisho.waf.ip;

import org.jspecify.annotations.NullMarked;
