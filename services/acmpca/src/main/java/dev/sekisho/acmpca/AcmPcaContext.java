package dev.sekisho.acmpca;

import dev.sekisho.core.Authorizer;
import dev.sekisho.core.ObjectStore;
import dev.sekisho.core.PrincipalDirectory;
import dev.sekisho.core.Randomness;
import dev.sekisho.crypto.KeyPairPool;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.PageTokens;
import dev.sekisho.store.Database;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/**
 * What every family of Private CA's operations works with.
 *
 * @param authorizer asked which authorities of other accounts a caller may see
 * @param objects where revocation lists and audit reports are put
 * @param address where the server listens: certificates name it as the place of revocation lists
 *     and of the OCSP responder
 */
public record AcmPcaContext(
    Database database,
    Keyring keyring,
    KeyPairPool keyPairs,
    PageTokens pages,
    PrincipalDirectory principals,
    Authorizer authorizer,
    ObjectStore objects,
    Supplier<URI> address,
    Randomness randomness,
    InstantSource clock) {

  /** The service as bucket policies name it. */
  static final String SERVICE = "acm-pca.amazonaws.com";

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
