/**
 * Regular expressions over bytes that no text can make slow: every pattern becomes an automaton,
 * and a look at a text costs one step for each of its bytes, for any number of patterns at once.
 *
 * <p>What needs memory of what was matched (back references, looking around, possessive and atomic
 * groups) is no regular expression and is refused, as WAF refuses it. Nothing here goes back in a
 * text.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/waf/latest/developerguide/waf-regex-pattern-support.html">Supported
 *     syntax</a>
 */
@NullMarked
package dev.sekisho.waf.regex;

import org.jspecify.annotations.NullMarked;
