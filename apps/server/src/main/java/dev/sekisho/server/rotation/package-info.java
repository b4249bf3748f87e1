/**
 * Functions that rotate secrets, built in: the passwords of database users and the access keys of
 * IAM users.
 *
 * <p>What is here does the four steps of a rotation as a Lambda function would, with a role's
 * rights and through the gates that every call passes. When secrets rotate, and how far a rotation
 * is, belongs to Secrets Manager.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html">Rotation
 *     functions</a>
 */
@NullMarked
package dev.sekisho.server.rotation;

import org.jspecify.annotations.NullMarked;
