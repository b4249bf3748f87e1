package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.Account;
import dev.sekisho.core.AccountId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account as organizations know it.
 *
 * @param organization none when it stands alone
 * @param parent the root or unit it is in; none when it stands alone
 * @param joinedMethod {@code CREATED} or {@code INVITED}; none when it stands alone
 */
record Member(
    AccountId id,
    String name,
    String email,
    @Nullable String organization,
    @Nullable String parent,
    @Nullable String joinedMethod,
    @Nullable Instant joinedAt,
    State state,
    @Nullable Instant closedAt) {

  /** Where an account is in its life. */
  enum State {
    ACTIVE,
    /** Closed, and still to be seen in its organization. */
    SUSPENDED,
    /** Closed for good. */
    CLOSED
  }

  static Member standingAlone(AccountId id, String name, String email) {
    return new Member(id, name, email, null, null, null, null, State.ACTIVE, null);
  }

  boolean isIn(Organization other) {
    return other.id().equals(organization);
  }

  /** The same account in a place of the organization. */
  Member joined(Organization to, String at, String method, Instant when) {
    return new Member(id, name, email, to.id(), at, method, when, state, closedAt);
  }

  Member movedTo(String destination) {
    return new Member(
        id, name, email, organization, destination, joinedMethod, joinedAt, state, closedAt);
  }

  Member left() {
    return new Member(id, name, email, null, null, null, null, state, closedAt);
  }

  Member in(State next, Instant when) {
    return new Member(id, name, email, organization, parent, joinedMethod, joinedAt, next, when);
  }

  /**
   * As answers show it.
   *
   * @param path of its parent, ending with a slash
   */
  Account shown(Organization of, String path) {
    return Account.builder()
        .id(id.value())
        .arn(of.accountArn(id))
        .email(email)
        .name(name)
        .status(state == State.ACTIVE ? "ACTIVE" : "SUSPENDED")
        .state(state.name())
        .paths(List.of(path + id + '/'))
        .joinedMethod(joinedMethod)
        .joinedTimestamp(joinedAt)
        .build();
  }
}
