/**
 * IAM Access Analyzer: what is wrong with a policy, before it is in force.
 *
 * <p>What must not live here: the checks themselves (see the policy engine).
 */
@NullMarked
package dev.sekisho.accessanalyzer;

import org.jspecify.annotations.NullMarked;
