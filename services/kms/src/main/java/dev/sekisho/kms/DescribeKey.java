package dev.sekisho.kms;

import dev.sekisho.contract.kms.DescribeKeyRequest;
import dev.sekisho.contract.kms.DescribeKeyResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.kms.Keys.KeyUse;
import dev.sekisho.kms.MaterialStore.Material;
import java.util.Map;

/** Tells what a key is; the key of a predefined alias is made when it is first asked for. */
final class DescribeKey {

  private static final String ACTION = "kms:DescribeKey";

  private final Keys keys;
  private final KeyAccess access;
  private final ManagedKeys managed;

  DescribeKey(Keys keys, KeyAccess access, ManagedKeys managed) {
    this.keys = keys;
    this.access = access;
    this.managed = managed;
  }

  Guarded<DescribeKeyResponse> handle(Call<DescribeKeyRequest> call) {
    AliasName vacant = keys.vacantAlias(call, call.input().keyId());
    if (vacant != null) {
      return provide(call, vacant);
    }
    KeyUse use = keys.use(call, call.input().keyId(), ACTION);
    return Guarded.by(
        access.of(call, ACTION, use, Map.of()), _ -> Outcome.answer(response(use.key())));
  }

  private Guarded<DescribeKeyResponse> provide(Call<DescribeKeyRequest> call, AliasName alias) {
    Key draft = managed.draft(alias, call.context().time());
    return Guarded.by(
        access.of(call, ACTION, new KeyUse(draft, alias.name()), Map.of()),
        _ -> {
          Material material = managed.material(draft);
          return Outcome.change(
              transaction -> response(managed.keep(transaction, alias, draft, material)));
        });
  }

  private static DescribeKeyResponse response(Key key) {
    return DescribeKeyResponse.builder().keyMetadata(KeyDescription.of(key)).build();
  }
}
