package dev.sekisho.cloudtrail;

import dev.sekisho.core.ObjectStore;
import dev.sekisho.core.OrganizationDirectory;
import dev.sekisho.core.Randomness;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.PageTokens;
import dev.sekisho.events.EventLog;
import dev.sekisho.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * What every family of CloudTrail's operations works with.
 *
 * @param interval how often what has come is delivered
 * @param kept how long events can be looked up
 */
public record CloudTrailContext(
    Database database,
    EventLog events,
    PageTokens pages,
    Keyring keyring,
    Randomness randomness,
    InstantSource clock,
    OrganizationDirectory organizations,
    ObjectStore objects,
    Topics topics,
    Duration interval,
    Duration kept) {

  /** CloudTrail as policies and other services name it. */
  static final String SERVICE = "cloudtrail.amazonaws.com";

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
