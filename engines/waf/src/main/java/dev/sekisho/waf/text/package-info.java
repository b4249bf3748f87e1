/**
 * What is done to a value of a request before a rule looks at it: WAFv2's text transformations.
 *
 * <p>Each takes any bytes, is linear in them, never fails and never changes what it was given. What
 * a transformation does not understand stays as it is. Nothing here knows requests or rules.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-transformation.html">Text
 *     transformations</a>
 */
@NullMarked
package dev.sekisho.waf.text;

import org.jspecify.annotations.NullMarked;
