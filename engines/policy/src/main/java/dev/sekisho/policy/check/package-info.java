/**
 * What is wrong with a policy document, all of it at once, as Access Analyzer's policy checks say
 * it: the text is read however broken it is, and each finding points at its place in it.
 *
 * <p>What must not live here: decisions (see the package above), and anything that knows which
 * users, resources or organisations there are.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html">Policy
 *     check reference</a>
 */
@NullMarked
package dev.sekisho.policy.check;

import org.jspecify.annotations.NullMarked;
