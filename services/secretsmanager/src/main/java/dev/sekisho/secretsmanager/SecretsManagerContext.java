package dev.sekisho.secretsmanager;

import dev.sekisho.core.Authorizer;
import dev.sekisho.core.KeyService;
import dev.sekisho.core.PrincipalDirectory;
import dev.sekisho.core.Randomness;
import dev.sekisho.crypto.PageTokens;
import dev.sekisho.events.EventLog;
import dev.sekisho.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * What every family of Secrets Manager's operations works with.
 *
 * @param regions where secrets can be replicated to
 * @param functions rotate secrets
 * @param background runs rotations, each by itself
 * @param authorizer asked about each secret of a batch
 */
public record SecretsManagerContext(
    Database database,
    EventLog events,
    PageTokens pages,
    KeyService keys,
    PrincipalDirectory principals,
    Authorizer authorizer,
    Set<String> regions,
    RotationFunctions functions,
    Executor background,
    Randomness randomness,
    InstantSource clock) {

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
