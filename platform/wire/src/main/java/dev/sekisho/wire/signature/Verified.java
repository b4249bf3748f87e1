package dev.sekisho.wire.signature;

import dev.sekisho.core.Caller;
import dev.sekisho.core.Secret;

/**
 * A request whose signature was found good.
 *
 * @param payloadHash what the signature says of the body: a hash, or one of the agreed words
 * @param signature the request's own signature, from which a streaming body's chunks go on
 */
public record Verified(
    Caller caller,
    CredentialScope scope,
    String timestamp,
    String payloadHash,
    String signature,
    Secret secretAccessKey) {}
