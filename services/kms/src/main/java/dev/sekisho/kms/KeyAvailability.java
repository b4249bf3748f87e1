package dev.sekisho.kms;

import dev.sekisho.contract.kms.DisableKeyRequest;
import dev.sekisho.contract.kms.DisableKeyResponse;
import dev.sekisho.contract.kms.EnableKeyRequest;
import dev.sekisho.contract.kms.EnableKeyResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Transaction;
import java.util.List;
import java.util.Map;

/** Takes a key out of use and back. */
final class KeyAvailability {

  private final OwnKeyChange changes;
  private final KeyStore store;
  private final LastUses lastUses;

  KeyAvailability(OwnKeyChange changes, KeyStore store, LastUses lastUses) {
    this.changes = changes;
    this.store = store;
    this.lastUses = lastUses;
  }

  Guarded<EnableKeyResponse> enable(Call<EnableKeyRequest> call) {
    return changes.of(
        call,
        call.input().keyId(),
        (transaction, now) -> {
          switchTo(transaction, now, KeyState.ENABLED);
          return EnableKeyResponse.builder().build();
        });
  }

  Guarded<DisableKeyResponse> disable(Call<DisableKeyRequest> call) {
    return changes.of(
        call,
        call.input().keyId(),
        key ->
            Map.of(
                LastUses.TRAILING_DAYS, List.of(lastUses.trailingDays(key, call.context().time()))),
        (transaction, now) -> {
          switchTo(transaction, now, KeyState.DISABLED);
          return DisableKeyResponse.builder().build();
        });
  }

  private void switchTo(Transaction transaction, Key key, KeyState state) {
    ServiceException refusal = key.state().unswitchable(key.name());
    if (refusal != null) {
      throw refusal;
    }
    store.setState(transaction, key.name(), state, null);
  }
}
