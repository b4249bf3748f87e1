/**
 * Secrets Manager: when secrets rotate and what random passwords are made of.
 *
 * <p>What must not live here: cryptography and keys (see KMS, by way of the core's key service).
 */
@NullMarked
package dev.sekisho.secretsmanager;

import org.jspecify.annotations.NullMarked;
