package dev.sekisho.kms;

import dev.sekisho.contract.kms.DecapsulateRequest;
import dev.sekisho.contract.kms.DecapsulateResponse;
import dev.sekisho.contract.kms.EncapsulateRequest;
import dev.sekisho.contract.kms.EncapsulateResponse;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.KeyEncapsulation;
import dev.sekisho.kms.Keys.KeyUse;
import java.util.List;
import java.util.Map;

/** Makes secrets that two sides share, and finds them again. */
final class Encapsulation {

  private final Keys keys;
  private final KeyAccess access;

  Encapsulation(Keys keys, KeyAccess access) {
    this.keys = keys;
    this.access = access;
  }

  Guarded<EncapsulateResponse> encapsulate(Call<EncapsulateRequest> call) {
    EncapsulateRequest input = call.input();
    String action = "kms:Encapsulate";
    KeyUse use = keys.use(call, input.keyId(), action);
    Key key = use.key();
    return Guarded.by(
        access.of(call, action, use, conditions(input.encapsulationAlgorithm())),
        _ -> {
          requireCapable(key, "Encapsulate", input.encapsulationAlgorithm());
          DryRun.stop(input.dryRun());
          KeyEncapsulation.Encapsulated made = KeyEncapsulation.encapsulate(keys.pair(key));
          return Outcome.answer(
              EncapsulateResponse.builder()
                  .keyId(key.name().arn())
                  .sharedSecret(Blob.of(made.secret().reveal()))
                  .sharedSecretCiphertextBlob(made.ciphertext())
                  .encapsulationAlgorithm(input.encapsulationAlgorithm())
                  .build());
        });
  }

  Guarded<DecapsulateResponse> decapsulate(Call<DecapsulateRequest> call) {
    DecapsulateRequest input = call.input();
    String action = "kms:Decapsulate";
    KeyUse use = keys.use(call, input.keyId(), action);
    Key key = use.key();
    return Guarded.by(
        access.of(call, action, use, conditions(input.encapsulationAlgorithm())),
        _ -> {
          requireCapable(key, "Decapsulate", input.encapsulationAlgorithm());
          Secret shared = open(key, input.sharedSecretCiphertextBlob());
          DryRun.stop(input.dryRun());
          return Outcome.answer(
              DecapsulateResponse.builder()
                  .keyId(key.name().arn())
                  .sharedSecret(Blob.of(shared.reveal()))
                  .encapsulationAlgorithm(input.encapsulationAlgorithm())
                  .build());
        });
  }

  private Secret open(Key key, Blob ciphertext) {
    try {
      return KeyEncapsulation.decapsulate(keys.pair(key), ciphertext.bytes());
    } catch (CryptoException refused) {
      throw KmsErrors.invalidCiphertext();
    }
  }

  private static Map<String, List<String>> conditions(String algorithm) {
    return Map.of("kms:EncapsulationAlgorithm", List.of(algorithm));
  }

  private static void requireCapable(Key key, String operation, String algorithm) {
    key.requireUsable();
    key.requireUsage(KeyUsage.ENCAPSULATE_DECAPSULATE, operation);
    var _ = key.requireAlgorithm(algorithm);
  }
}
