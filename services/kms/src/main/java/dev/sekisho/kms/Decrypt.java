package dev.sekisho.kms;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.kms.DecryptRequest;
import dev.sekisho.contract.kms.DecryptResponse;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.kms.Ciphertexts.Opened;
import dev.sekisho.kms.Keys.KeyUse;

/** Decrypts what a key encrypted; the ciphertext itself says which key that was. */
final class Decrypt {

  private static final String ACTION = "kms:Decrypt";

  private final KeyAccess access;
  private final Ciphertexts ciphertexts;

  Decrypt(KeyAccess access, Ciphertexts ciphertexts) {
    this.access = access;
    this.ciphertexts = ciphertexts;
  }

  Guarded<DecryptResponse> handle(Call<DecryptRequest> call) {
    DecryptRequest input = call.input();
    Attestation.refuse(input.recipient());
    DryRun.requireCiphertext(input.ciphertextBlob(), input.dryRun(), input.dryRunModifiers());
    String algorithm = requireNonNullElse(input.encryptionAlgorithm(), Ciphertexts.SYMMETRIC);
    KeyUse use = ciphertexts.source(call, input.keyId(), input.ciphertextBlob(), ACTION);
    Key key = use.key();
    return Guarded.by(
        access.of(call, ACTION, use, KeyAccess.encryption(input.encryptionContext(), algorithm)),
        _ -> {
          Opened opened =
              ciphertexts.open(
                  key, "Decrypt", algorithm, input.encryptionContext(), input.ciphertextBlob());
          DryRun.stop(input.dryRun());
          return Outcome.answer(
              DecryptResponse.builder()
                  .keyId(key.name().arn())
                  .plaintext(Blob.of(opened.plaintext()))
                  .encryptionAlgorithm(algorithm)
                  .keyMaterialId(opened.materialId())
                  .build());
        });
  }
}
