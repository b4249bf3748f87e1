package dev.sekisho.kms;

import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.ResourcePolicy;
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

  private KeyAccess() {}

  /** A check on a key that the call names by itself. */
  static AccessCheck of(Call<?> call, String action, Key key) {
    return of(call, action, new KeyUse(key, null), Map.of());
  }

  /**
   * A check on a key.
   *
   * @param more condition keys of this operation
   */
  static AccessCheck of(Call<?> call, String action, KeyUse use, Map<String, List<String>> more) {
    Key key = use.key();
    Map<String, List<String>> conditions = new HashMap<>(key.conditions());
    conditions.put("kms:CallerAccount", List.of(call.account().value()));
    String alias = use.alias();
    if (alias != null) {
      conditions.put("kms:RequestAlias", List.of(alias));
    }
    conditions.putAll(more);
    return new AccessCheck(
        action,
        key.name().arn(),
        key.name().account(),
        conditions,
        new ResourcePolicy(ResourcePolicy.Kind.KEY_POLICY, key.policy()));
  }

  /** A check on an alias: it has no policy of its own. */
  static AccessCheck of(Call<?> call, String action, AliasName alias) {
    return AccessCheck.of(action, alias.arn())
        .with("kms:CallerAccount", call.account().value())
        .ownedBy(alias.account(), null);
  }

  /** A check on no particular key. */
  static AccessCheck ofAny(Call<?> call, String action) {
    return AccessCheck.of(action, "*").with("kms:CallerAccount", call.account().value());
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
