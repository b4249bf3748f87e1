package dev.sekisho.kms;

import dev.sekisho.contract.kms.DisableKeyRequest;
import dev.sekisho.contract.kms.DisableKeyResponse;
import dev.sekisho.contract.kms.EnableKeyRequest;
import dev.sekisho.contract.kms.EnableKeyResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Transaction;
import dev.sekisho.kms.Keys.KeyUse;
import java.util.List;
import java.util.Map;

/** Takes a key out of use and back. */
final class KeyAvailability {

  private final Keys keys;
  private final KeyAccess access;
  private final KeyStore store;
  private final LastUses lastUses;

  KeyAvailability(Keys keys, KeyAccess access, KeyStore store, LastUses lastUses) {
    this.keys = keys;
    this.access = access;
    this.store = store;
    this.lastUses = lastUses;
  }

  Guarded<EnableKeyResponse> enable(Call<EnableKeyRequest> call) {
    String action = "kms:EnableKey";
    Key key = keys.manage(call, call.input().keyId(), action);
    return Guarded.by(
        access.of(call, action, key),
        _ ->
            keys.change(
                call,
                key.name(),
                (transaction, now) -> {
                  switchTo(transaction, now, KeyState.ENABLED);
                  return EnableKeyResponse.builder().build();
                }));
  }

  Guarded<DisableKeyResponse> disable(Call<DisableKeyRequest> call) {
    String action = "kms:DisableKey";
    Key key = keys.manage(call, call.input().keyId(), action);
    return Guarded.by(
        access.of(
            call,
            action,
            new KeyUse(key, null),
            Map.of(
                LastUses.TRAILING_DAYS,
                List.of(lastUses.trailingDays(key, call.context().time())))),
        _ ->
            keys.change(
                call,
                key.name(),
                (transaction, now) -> {
                  switchTo(transaction, now, KeyState.DISABLED);
                  return DisableKeyResponse.builder().build();
                }));
  }

  private void switchTo(Transaction transaction, Key key, KeyState state) {
    ServiceException refusal = key.state().unswitchable(key.name());
    if (refusal != null) {
      throw refusal;
    }
    store.setState(transaction, key.name(), state, null);
  }
}
