package dev.sekisho.acmpca;

import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Authorized;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Principal;
import dev.sekisho.core.ResourcePolicy;
import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.store.StoreTransaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What every operation on an authority begins with: finding it and asking whether it may be. */
final class AuthorityWork {

  private static final String RESOURCE = "certificate-authority/";

  private final AcmPcaContext context;

  AuthorityWork(AcmPcaContext context) {
    this.context = context;
  }

  AcmPcaContext context() {
    return context;
  }

  /**
   * An operation on an authority, deleted or not.
   *
   * @param more condition keys of this operation
   */
  <O> Guarded<O> onAny(
      Call<?> call,
      String arn,
      Map<String, List<String>> more,
      BiFunction<Authorized, StoredAuthority, Outcome<O>> work) {
    AccountId owner = owner(call, arn);
    Optional<StoredAuthority> found =
        context
            .database()
            .read(handle -> AuthorityStore.find(handle, arn))
            .filter(authority -> !authority.isGone(context.now()));
    return Guarded.by(
        check(call, arn, owner, found.orElse(null), more),
        authorized ->
            work.apply(authorized, found.orElseThrow(() -> AcmPcaErrors.noAuthority(arn))));
  }

  /** The same on one that is not deleted. */
  <O> Guarded<O> on(
      Call<?> call,
      String arn,
      Map<String, List<String>> more,
      BiFunction<Authorized, StoredAuthority, Outcome<O>> work) {
    return onAny(
        call,
        arn,
        more,
        (authorized, authority) -> {
          requireLive(authority);
          return work.apply(authorized, authority);
        });
  }

  <O> Guarded<O> on(
      Call<?> call, String arn, BiFunction<Authorized, StoredAuthority, Outcome<O>> work) {
    return on(call, arn, Map.of(), work);
  }

  static void requireLive(StoredAuthority authority) {
    if (authority.isDeleted()) {
      throw AcmPcaErrors.wrongState(authority, "DELETED");
    }
  }

  /** The authority as it is within the transaction. */
  static StoredAuthority again(Transaction transaction, StoredAuthority authority) {
    StoredAuthority now =
        AuthorityStore.find(StoreTransaction.handle(transaction), authority.arn())
            .orElseThrow(() -> AcmPcaErrors.noAuthority(authority.arn()));
    requireLive(now);
    return now;
  }

  private AccountId owner(Call<?> call, String text) {
    try {
      Arn arn = Arn.parse(text);
      if (arn.service().equals("acm-pca")
          && arn.region().equals(call.region())
          && arn.resource().startsWith(RESOURCE)
          && AccountId.isValid(arn.account())) {
        return new AccountId(arn.account());
      }
    } catch (IllegalArgumentException malformed) {
      // Refused below, as all that is no authority's ARN.
    }
    throw AcmPcaErrors.invalidArn(text);
  }

  private AccessCheck check(
      Call<?> call,
      String arn,
      AccountId owner,
      @Nullable StoredAuthority authority,
      Map<String, List<String>> more) {
    Map<String, List<String>> conditions = new HashMap<>(more);
    conditions.put("aws:ResourceAccount", List.of(owner.value()));
    if (authority != null) {
      context
          .database()
          .read(handle -> AuthorityTags.TABLE.of(handle, arn))
          .forEach((key, value) -> conditions.put("aws:ResourceTag/" + key, List.of(value)));
    }
    return new AccessCheck(
        "acm-pca:" + call.context().operation(),
        arn,
        owner,
        conditions,
        authority != null && call.context().caller().principal() instanceof Principal.Service
            ? context.database().read(handle -> PermissionStore.policy(handle, authority))
            : policy(authority));
  }

  static @Nullable ResourcePolicy policy(@Nullable StoredAuthority authority) {
    String policy = authority == null ? null : authority.policy();
    return policy == null ? null : new ResourcePolicy(ResourcePolicy.Kind.ORDINARY, policy);
  }

  /** Where a listing goes on; the beginning without a token. */
  String open(String list, @Nullable String token) {
    if (token == null) {
      return "";
    }
    try {
      return context.pages().open(list, token);
    } catch (CryptoException foreign) {
      throw AcmPcaErrors.invalidNextToken();
    }
  }

  /** What a listing's tokens belong to. */
  static String list(Call<?> call, String selection) {
    return String.join(
        "/", call.context().operation(), call.account().value(), call.region(), selection);
  }
}
