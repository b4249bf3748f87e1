package dev.sekisho.kms;

import dev.sekisho.contract.kms.DeriveSharedSecretRequest;
import dev.sekisho.contract.kms.DeriveSharedSecretResponse;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.SharedSecrets;
import dev.sekisho.kms.Keys.KeyUse;
import java.util.List;
import java.util.Map;

/** Agrees on a secret with whoever holds the other public key. */
final class DeriveSharedSecret {

  private static final String ACTION = "kms:DeriveSharedSecret";

  private final Keys keys;
  private final KeyAccess access;

  DeriveSharedSecret(Keys keys, KeyAccess access) {
    this.keys = keys;
    this.access = access;
  }

  Guarded<DeriveSharedSecretResponse> handle(Call<DeriveSharedSecretRequest> call) {
    DeriveSharedSecretRequest input = call.input();
    Attestation.refuse(input.recipient());
    KeyUse use = keys.use(call, input.keyId(), ACTION);
    Key key = use.key();
    Map<String, List<String>> conditions =
        Map.of("kms:KeyAgreementAlgorithm", List.of(input.keyAgreementAlgorithm()));
    return Guarded.by(
        access.of(call, ACTION, use, conditions),
        _ -> {
          key.requireUsable();
          key.requireUsage(KeyUsage.KEY_AGREEMENT, "DeriveSharedSecret");
          String algorithm = key.requireAlgorithm(input.keyAgreementAlgorithm());
          Secret shared = derive(key, input.publicKey().bytes());
          DryRun.stop(input.dryRun());
          return Outcome.answer(
              DeriveSharedSecretResponse.builder()
                  .keyId(key.name().arn())
                  .sharedSecret(Blob.of(shared.reveal()))
                  .keyAgreementAlgorithm(algorithm)
                  .keyOrigin(key.origin())
                  .build());
        });
  }

  private Secret derive(Key key, byte[] peer) {
    try {
      return SharedSecrets.derive(keys.pair(key), peer);
    } catch (CryptoException notOfTheCurve) {
      throw KmsErrors.validation("");
    }
  }
}
