/**
 * The IAM policy language: parse, check, compile, decide, explain. A library of its own.
 *
 * <p>What must not live here: where policies are stored, SQL, HTTP, what a service's resources are.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy
 *     evaluation logic</a>
 */
@NullMarked
package dev.sekisho.policy;

import org.jspecify.annotations.NullMarked;
