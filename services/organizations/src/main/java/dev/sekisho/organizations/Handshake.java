package dev.sekisho.organizations;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something two parties agree on: to join an organization, or that it gets all features.
 *
 * @param parent the handshake that this one is a part of
 * @param account whom it is sent to, where that is an account known here
 * @param targetType {@code ACCOUNT} or {@code EMAIL}; none when it is sent to the organization
 */
record Handshake(
    String id,
    String organization,
    Action action,
    @Nullable String parent,
    @Nullable String account,
    @Nullable String targetType,
    @Nullable String target,
    @Nullable String notes,
    State state,
    Instant requestedAt,
    Instant expiresAt) {

  /** What is agreed on. */
  enum Action {
    INVITE,
    ENABLE_ALL_FEATURES,
    APPROVE_ALL_FEATURES
  }

  /** How far the agreement is. */
  enum State {
    OPEN,
    ACCEPTED,
    DECLINED,
    CANCELED,
    EXPIRED
  }

  /** What it is now: nobody has to do anything for one to expire. */
  Handshake at(Instant now) {
    return state == State.OPEN && now.isAfter(expiresAt) ? in(State.EXPIRED) : this;
  }

  Handshake in(State next) {
    return new Handshake(
        id,
        organization,
        action,
        parent,
        account,
        targetType,
        target,
        notes,
        next,
        requestedAt,
        expiresAt);
  }

  /**
   * The handshake after the step.
   *
   * @throws dev.sekisho.core.ServiceException when it cannot be taken any more
   */
  Handshake step(State next) {
    if (state == next) {
      throw OrganizationsErrors.handshakeAlreadyIn(next);
    }
    if (state != State.OPEN) {
      throw OrganizationsErrors.handshakeTransition(state, next);
    }
    return in(next);
  }
}
