/**
 * AWS IAM: users, groups, roles, policies and access keys; who stands behind a key, and what a
 * caller may do.
 *
 * <p>What must not live here: the policy language itself (see the policy engine), sessions (see
 * STS).
 */
@NullMarked
package dev.sekisho.iam;

import org.jspecify.annotations.NullMarked;
