package dev.sekisho.kms;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.kms.EncryptRequest;
import dev.sekisho.contract.kms.EncryptResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.kms.Keys.KeyUse;

/** Encrypts a few bytes under a key. */
final class Encrypt {

  private static final String ACTION = "kms:Encrypt";

  private final Keys keys;
  private final KeyAccess access;
  private final Ciphertexts ciphertexts;

  Encrypt(Keys keys, KeyAccess access, Ciphertexts ciphertexts) {
    this.keys = keys;
    this.access = access;
    this.ciphertexts = ciphertexts;
  }

  Guarded<EncryptResponse> handle(Call<EncryptRequest> call) {
    EncryptRequest input = call.input();
    String algorithm = requireNonNullElse(input.encryptionAlgorithm(), Ciphertexts.SYMMETRIC);
    KeyUse use = keys.use(call, input.keyId(), ACTION);
    Key key = use.key();
    return Guarded.by(
        access.of(call, ACTION, use, KeyAccess.encryption(input.encryptionContext(), algorithm)),
        _ -> {
          key.requireUsable();
          key.requireUsage(KeyUsage.ENCRYPT_DECRYPT, "Encrypt");
          key.requireAlgorithm(algorithm);
          DryRun.stop(input.dryRun());
          return Outcome.answer(
              EncryptResponse.builder()
                  .ciphertextBlob(
                      ciphertexts.seal(
                          key, algorithm, input.encryptionContext(), input.plaintext().bytes()))
                  .keyId(key.name().arn())
                  .encryptionAlgorithm(algorithm)
                  .build());
        });
  }
}
