package dev.sekisho.secretsmanager;

import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Authorized;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ResourcePolicy;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How operations come by the secret they are about, and what the policies are asked first. */
final class SecretWork {

  private static final String ARN_PREFIX = "arn:";
  private static final String RESOURCE = "secret:";

  private final SecretsManagerContext context;

  SecretWork(SecretsManagerContext context) {
    this.context = context;
  }

  SecretsManagerContext context() {
    return context;
  }

  /** What a call named, and the secret of that name, if there is one. */
  record Named(
      String id,
      String arn,
      AccountId owner,
      Optional<StoredSecret> found,
      Map<String, String> tags) {}

  /**
   * An operation on a secret that is there and not about to be deleted.
   *
   * @param more condition keys of this operation
   */
  <O> Guarded<O> on(
      Call<?> call,
      String action,
      String secretId,
      Map<String, List<String>> more,
      BiFunction<Authorized, StoredSecret, Outcome<O>> work) {
    return onAny(
        call,
        action,
        secretId,
        more,
        (authorized, secret) -> {
          requireLive(secret);
          return work.apply(authorized, secret);
        });
  }

  /** The same, on secrets only that are no replicas. */
  <O> Guarded<O> onPrimary(
      Call<?> call,
      String action,
      String secretId,
      Map<String, List<String>> more,
      BiFunction<Authorized, StoredSecret, Outcome<O>> work) {
    return on(
        call,
        action,
        secretId,
        more,
        (authorized, secret) -> {
          requirePrimary(secret);
          return work.apply(authorized, secret);
        });
  }

  static void requirePrimary(StoredSecret secret) {
    if (secret.primaryRegion() != null) {
      throw SecretsManagerErrors.replica();
    }
  }

  /** The same, on secrets too whose deletion is pending. */
  <O> Guarded<O> onAny(
      Call<?> call,
      String action,
      String secretId,
      Map<String, List<String>> more,
      BiFunction<Authorized, StoredSecret, Outcome<O>> work) {
    Named named = named(call, secretId);
    // Who may not ask does not learn whether there is such a secret.
    return Guarded.by(
        check(action, named, more),
        authorized ->
            work.apply(authorized, named.found().orElseThrow(SecretsManagerErrors::noSecret)));
  }

  static void requireLive(StoredSecret secret) {
    if (secret.isDeletionPending()) {
      throw SecretsManagerErrors.deletionPending();
    }
  }

  /** The secret as it is within the transaction. */
  static StoredSecret again(Transaction transaction, StoredSecret secret) {
    StoredSecret now =
        SecretStore.find(StoreTransaction.handle(transaction), secret.arn())
            .orElseThrow(SecretsManagerErrors::noSecret);
    requireLive(now);
    return now;
  }

  /** Finds a secret by its name, its ARN, or its ARN without the last seven characters. */
  Named named(Call<?> call, String secretId) {
    if (!secretId.startsWith(ARN_PREFIX)) {
      AccountId account = call.account();
      String region = call.region();
      return read(
          secretId,
          SecretName.unsuffixed(account, region, secretId),
          account,
          handle -> SecretStore.named(handle, account, region, secretId));
    }
    Arn arn = arn(secretId);
    AccountId owner = new AccountId(arn.account());
    String name = arn.resource().substring(RESOURCE.length());
    return read(
        secretId,
        secretId,
        owner,
        handle ->
            arn.region().equals(call.region())
                ? SecretStore.find(handle, secretId)
                    .or(() -> SecretStore.named(handle, owner, arn.region(), name))
                : Optional.empty());
  }

  private Named read(
      String id, String otherwise, AccountId owner, Function<Handle, Optional<StoredSecret>> look) {
    Instant now = context.now();
    return context
        .database()
        .read(handle -> {
          Optional<StoredSecret> found = look.apply(handle).filter(secret -> !secret.isGone(now));
          return new Named(
              id,
              found.map(StoredSecret::arn).orElse(otherwise),
              owner,
              found,
              found.map(secret -> SecretTags.TABLE.of(handle, secret.arn())).orElse(Map.of()));
        });
  }

  private static Arn arn(String text) {
    try {
      Arn arn = Arn.parse(text);
      if (arn.service().equals("secretsmanager")
          && arn.resource().startsWith(RESOURCE)
          && AccountId.isValid(arn.account())) {
        return arn;
      }
    } catch (IllegalArgumentException malformed) {
      // Refused below, as all that is no secret's ARN.
    }
    throw SecretsManagerErrors.invalidParameter("Invalid secret ARN: " + text);
  }

  /** The question whether the caller may do this to a secret. */
  AccessCheck check(String action, Named named, Map<String, List<String>> more) {
    Map<String, List<String>> conditions = new HashMap<>(more);
    conditions.put("secretsmanager:SecretId", List.of(named.id()));
    conditions.put("aws:ResourceAccount", List.of(named.owner().value()));
    named
        .found()
        .ifPresent(secret -> {
          conditions.put("secretsmanager:SecretPrimaryRegion", List.of(primaryRegion(secret)));
          if (secret.rotationFunction() != null) {
            conditions.put(
                "secretsmanager:resource/AllowRotationLambdaArn",
                List.of(secret.rotationFunction()));
          }
          named
              .tags()
              .forEach((key, value) -> {
                conditions.put("aws:ResourceTag/" + key, List.of(value));
                conditions.put("secretsmanager:ResourceTag/" + key, List.of(value));
              });
        });
    return new AccessCheck(
        action, named.arn(), named.owner(), conditions, policy(named.found().orElse(null)));
  }

  private static String primaryRegion(StoredSecret secret) {
    return Objects.requireNonNullElse(secret.primaryRegion(), secret.region());
  }

  private static @Nullable ResourcePolicy policy(@Nullable StoredSecret secret) {
    String policy = secret == null ? null : secret.policy();
    return policy == null ? null : new ResourcePolicy(ResourcePolicy.Kind.ORDINARY, policy);
  }
}
