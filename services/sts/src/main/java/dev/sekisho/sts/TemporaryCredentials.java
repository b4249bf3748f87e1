package dev.sekisho.sts;

import dev.sekisho.core.Principal;
import dev.sekisho.core.Secret;
import dev.sekisho.core.Session;

/**
 * Credentials that end by themselves.
 *
 * @param accessKeyId {@code ASIA…}
 */
record TemporaryCredentials(
    String accessKeyId, Secret secretAccessKey, Principal principal, Session session) {}
