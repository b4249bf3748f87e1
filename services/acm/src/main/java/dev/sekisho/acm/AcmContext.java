package dev.sekisho.acm;

import dev.sekisho.core.DomainNames;
import dev.sekisho.core.PrivateAuthorities;
import dev.sekisho.core.Randomness;
import dev.sekisho.crypto.KeyPairPool;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.PageTokens;
import dev.sekisho.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * What every family of Certificate Manager's operations works with.
 *
 * @param authorities issue private certificates
 * @param names where domains are proved
 */
public record AcmContext(
    Database database,
    Keyring keyring,
    KeyPairPool keyPairs,
    PageTokens pages,
    PrivateAuthorities authorities,
    DomainNames names,
    Randomness randomness,
    InstantSource clock) {

  /** The service as others know it. */
  static final String SERVICE = "acm.amazonaws.com";

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
