/**
 * AWS STS: who am I, and temporary credentials.
 *
 * <p>What must not live here: users and roles (see IAM).
 */
@NullMarked
package dev.sekisho.sts;

import org.jspecify.annotations.NullMarked;
