/**
 * Secrets Manager: secrets with their versions and labels, replicas, rotation and random passwords.
 *
 * <p>What must not live here: cryptography and keys (see KMS, by way of the core's key service).
 */
@NullMarked
package dev.sekisho.secretsmanager;

import org.jspecify.annotations.NullMarked;
