package dev.sekisho.wire.signature;

import dev.sekisho.core.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A request whose signature was found good.
 *
 * @param payloadHash what the signature says of the body: a hash, or one of the agreed words
 * @param signature the request's own signature
 * @param chunks checks the chunks of a streaming body, when they are signed
 */
public record Verified(
    Caller caller,
    CredentialScope scope,
    String payloadHash,
    String signature,
    @Nullable ChunkSignatures chunks) {}
