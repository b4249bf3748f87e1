package dev.sekisho.kms;

import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Transaction;
import dev.sekisho.kms.Keys.KeyUse;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The frame of operations that change one key of the caller's own account: find the key, ask for
 * leave, change it as the transaction finds it.
 */
final class OwnKeyChange {

  private final Keys keys;
  private final KeyAccess access;

  OwnKeyChange(Keys keys, KeyAccess access) {
    this.keys = keys;
    this.access = access;
  }

  /** An operation without condition keys of its own. */
  <O> Guarded<O> of(Call<?> call, String keyId, BiFunction<Transaction, Key, O> work) {
    return of(call, keyId, _ -> Map.of(), work);
  }

  /**
   * An operation whose action has the operation's name.
   *
   * @param conditions the operation's own condition keys
   * @param work checks the state that it needs, for the key may have changed since it was found
   */
  <O> Guarded<O> of(
      Call<?> call,
      String keyId,
      Function<Key, Map<String, List<String>>> conditions,
      BiFunction<Transaction, Key, O> work) {
    String action = "kms:" + call.context().operation();
    Key key = keys.manage(call, keyId, action);
    return Guarded.by(
        access.of(call, action, new KeyUse(key, null), conditions.apply(key)),
        _ -> keys.change(call, key.name(), work));
  }
}
