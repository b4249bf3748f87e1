package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.CreateAccountStatus;
import dev.sekisho.core.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request for an account.
 *
 * @param state {@code IN_PROGRESS}, {@code SUCCEEDED} or {@code FAILED}
 * @param failure why there is no account
 */
record AccountRequest(
    String id,
    String accountName,
    @Nullable String account,
    String state,
    @Nullable String failure,
    Instant requestedAt,
    @Nullable Instant completedAt) {

  static AccountRequest begun(String id, String accountName, Instant now) {
    return new AccountRequest(id, accountName, null, "IN_PROGRESS", null, now, null);
  }

  AccountRequest succeeded(AccountId made, Instant now) {
    return new AccountRequest(id, accountName, made.value(), "SUCCEEDED", null, requestedAt, now);
  }

  AccountRequest failed(String reason, Instant now) {
    return new AccountRequest(id, accountName, null, "FAILED", reason, requestedAt, now);
  }

  CreateAccountStatus shown() {
    return CreateAccountStatus.builder()
        .id(id)
        .accountName(accountName)
        .accountId(account)
        .state(state)
        .failureReason(failure)
        .requestedTimestamp(requestedAt)
        .completedTimestamp(completedAt)
        .build();
  }
}
