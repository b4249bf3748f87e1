package dev.sekisho.kms;

import dev.sekisho.contract.kms.GrantListEntry;
import dev.sekisho.core.AccountId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Leave to use a key, given to one principal for some operations. It only ever allows.
 *
 * @param id 64 hexadecimal digits
 * @param issuing the account whose principal made it
 * @param name given by the creator, so that a repeated call makes no second grant
 * @param grantee the ARN of a principal or an account; or else a service has the leave
 * @param retiring who may give the grant back, beside the grantee where it says so
 * @param operations by the names of the API, in the order they were given
 */
record Grant(
    String id,
    KeyName key,
    AccountId issuing,
    @Nullable String name,
    Instant createdAt,
    @Nullable String grantee,
    @Nullable String granteeService,
    @Nullable String retiring,
    @Nullable String retiringService,
    List<String> operations,
    GrantLimits limits) {

  static final String CREATE = "CreateGrant";
  static final String RETIRE = "RetireGrant";

  Grant {
    operations = List.copyOf(operations);
  }

  /** Whether the grant gives leave for the operation under these condition keys. */
  boolean allows(String operation, Map<String, List<String>> conditions) {
    return operations.contains(operation) && limits.admit(operation, conditions);
  }

  /** Whether who holds this grant may pass on the other: no wider in anything. */
  boolean covers(Grant other) {
    return operations.contains(CREATE)
        && operations.containsAll(other.operations())
        && limits.cover(other.limits());
  }

  /** Whether the other gives the same to the same, so that making it again makes nothing. */
  boolean isSameAs(Grant other) {
    return key.equals(other.key)
        && Objects.equals(name, other.name)
        && Objects.equals(grantee, other.grantee)
        && Objects.equals(granteeService, other.granteeService)
        && Objects.equals(retiring, other.retiring)
        && Objects.equals(retiringService, other.retiringService)
        && new HashSet<>(operations).equals(new HashSet<>(other.operations))
        && limits.equals(other.limits);
  }

  GrantListEntry entry() {
    return GrantListEntry.builder()
        .keyId(key.arn())
        .grantId(id)
        .name(name)
        .creationDate(createdAt)
        .granteePrincipal(grantee)
        .granteeServicePrincipal(granteeService)
        .retiringPrincipal(retiring)
        .retiringServicePrincipal(retiringService)
        .issuingAccount(issuing.root().toString())
        .operations(operations)
        .constraints(limits.constraints())
        .build();
  }
}
