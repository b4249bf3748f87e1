package dev.sekisho.kms;

import dev.sekisho.contract.kms.DescribeKeyRequest;
import dev.sekisho.contract.kms.DescribeKeyResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.kms.Keys.KeyUse;
import java.util.Map;

/** Tells what a key is. */
final class DescribeKey {

  private static final String ACTION = "kms:DescribeKey";

  private final Keys keys;
  private final KeyAccess access;

  DescribeKey(Keys keys, KeyAccess access) {
    this.keys = keys;
    this.access = access;
  }

  Guarded<DescribeKeyResponse> handle(Call<DescribeKeyRequest> call) {
    KeyUse use = keys.use(call, call.input().keyId(), ACTION);
    return Guarded.by(
        access.of(call, ACTION, use, Map.of()),
        _ ->
            Outcome.answer(
                DescribeKeyResponse.builder().keyMetadata(KeyDescription.of(use.key())).build()));
  }
}
