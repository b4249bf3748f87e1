package dev.sekisho.kms;

import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Call;
import dev.sekisho.core.Origin;
import dev.sekisho.core.Principal;
import dev.sekisho.core.ResourcePolicy;
import dev.sekisho.kms.GrantedPolicies.Asked;
import dev.sekisho.kms.Keys.KeyUse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The questions KMS asks the policies about a key: always with its key policy, its owner and KMS's
 * condition keys.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/kms/latest/developerguide/policy-conditions.html">Condition
 *     keys for KMS</a>
 */
final class KeyAccess {

  private final GrantedPolicies granted;

  KeyAccess(GrantedPolicies granted) {
    this.granted = granted;
  }

  /** A check on a key that the call names by itself. */
  AccessCheck of(Call<?> call, String action, Key key) {
    return of(call, action, new KeyUse(key, null), Map.of());
  }

  /**
   * A check on a key.
   *
   * @param more condition keys of this operation
   */
  AccessCheck of(Call<?> call, String action, KeyUse use, Map<String, List<String>> more) {
    Map<String, List<String>> conditions = conditions(call, use, more);
    return check(
        action, use.key(), conditions, granted.of(use.key(), caller(call), action, conditions));
  }

  /** A check on making the grant: whoever has a grant may pass on what it gives, or less. */
  AccessCheck toGrant(Call<?> call, Key key, Grant wanted, Map<String, List<String>> more) {
    return check(
        "kms:CreateGrant",
        key,
        conditions(call, new KeyUse(key, null), more),
        granted.forPassingOn(key, caller(call), wanted));
  }

  /** A check on giving the grant back, which the grant itself may allow. */
  AccessCheck toRetire(Call<?> call, Key key, Grant grant) {
    return check(
        "kms:RetireGrant",
        key,
        conditions(call, new KeyUse(key, null), Map.of()),
        granted.forRetiring(key, caller(call), grant));
  }

  private static Principal caller(Call<?> call) {
    return call.context().caller().principal();
  }

  private static Map<String, List<String>> conditions(
      Call<?> call, KeyUse use, Map<String, List<String>> more) {
    Map<String, List<String>> conditions = new HashMap<>(use.key().conditions());
    ofCaller(call, conditions);
    String alias = use.alias();
    if (alias != null) {
      conditions.put("kms:RequestAlias", List.of(alias));
    }
    conditions.putAll(more);
    return conditions;
  }

  /** What is known of who calls, and of the service that sent the call. */
  private static void ofCaller(Call<?> call, Map<String, List<String>> conditions) {
    AccountId account = caller(call).account();
    if (account != null) {
      conditions.put("kms:CallerAccount", List.of(account.value()));
    }
    String via = viaService(call);
    if (via != null) {
      conditions.put("kms:ViaService", List.of(via));
    }
    if (call.context().origin() instanceof Origin.OwnAccord(Arn resource)) {
      conditions.put("aws:SourceArn", List.of(resource.toString()));
    }
  }

  /**
   * {@code secretsmanager.us-east-1.amazonaws.com} for a call by {@code
   * secretsmanager.amazonaws.com}.
   */
  private static @Nullable String viaService(Call<?> call) {
    String sender = call.context().origin().sender();
    if (sender == null) {
      return null;
    }
    int dot = sender.indexOf('.');
    return sender.substring(0, dot) + '.' + call.region() + sender.substring(dot);
  }

  private static AccessCheck check(
      String action, Key key, Map<String, List<String>> conditions, Asked asked) {
    AccountId owner = key.name().account();
    Map<String, List<String>> known = new HashMap<>(conditions);
    known.put("aws:ResourceAccount", List.of(owner.value()));
    return new AccessCheck(
        action,
        key.name().arn(),
        asked.granted() ? null : owner,
        known,
        new ResourcePolicy(ResourcePolicy.Kind.KEY_POLICY, asked.policy()));
  }

  /** A check on an alias: it has no policy of its own. */
  static AccessCheck ofAlias(Call<?> call, String action, AliasName alias) {
    return ofCaller(call, AccessCheck.of(action, alias.arn())).ownedBy(alias.account(), null);
  }

  /** A check on no particular key. */
  static AccessCheck ofAny(Call<?> call, String action) {
    return ofCaller(call, AccessCheck.of(action, "*"));
  }

  private static AccessCheck ofCaller(Call<?> call, AccessCheck check) {
    return check
        .with("kms:CallerAccount", call.account().value())
        .with("kms:ViaService", viaService(call));
  }

  /** The condition keys of an encryption context and an algorithm. */
  static Map<String, List<String>> encryption(
      @Nullable Map<String, String> context, String algorithm) {
    Map<String, List<String>> conditions = new HashMap<>();
    conditions.put("kms:EncryptionAlgorithm", List.of(algorithm));
    if (context != null && !context.isEmpty()) {
      conditions.put("kms:EncryptionContextKeys", List.copyOf(context.keySet()));
      context.forEach(
          (key, value) -> conditions.put("kms:EncryptionContext:" + key, List.of(value)));
    }
    return conditions;
  }
}
