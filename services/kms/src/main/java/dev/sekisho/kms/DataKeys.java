package dev.sekisho.kms;

import dev.sekisho.contract.kms.GenerateDataKeyRequest;
import dev.sekisho.contract.kms.GenerateDataKeyResponse;
import dev.sekisho.contract.kms.GenerateDataKeyWithoutPlaintextRequest;
import dev.sekisho.contract.kms.GenerateDataKeyWithoutPlaintextResponse;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Randomness;
import dev.sekisho.kms.Keys.KeyUse;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes keys for others to encrypt with: in the clear, and sealed under a KMS key. */
final class DataKeys {

  private static final String ACTION = "kms:GenerateDataKey";
  private static final String ACTION_WITHOUT_PLAINTEXT = "kms:GenerateDataKeyWithoutPlaintext";

  private final Keys keys;
  private final KeyAccess access;
  private final Ciphertexts ciphertexts;
  private final Randomness randomness;

  DataKeys(Keys keys, KeyAccess access, Ciphertexts ciphertexts, Randomness randomness) {
    this.keys = keys;
    this.access = access;
    this.ciphertexts = ciphertexts;
    this.randomness = randomness;
  }

  Guarded<GenerateDataKeyResponse> generate(Call<GenerateDataKeyRequest> call) {
    GenerateDataKeyRequest input = call.input();
    Attestation.refuse(input.recipient());
    int length = length(input.numberOfBytes(), input.keySpec());
    KeyUse use = keys.use(call, input.keyId(), ACTION);
    Key key = use.key();
    return Guarded.by(
        access.of(
            call,
            ACTION,
            use,
            KeyAccess.encryption(input.encryptionContext(), Ciphertexts.SYMMETRIC)),
        _ -> {
          key.requireCapableOfDataKeys("GenerateDataKey");
          DryRun.stop(input.dryRun());
          byte[] plaintext = randomness.bytes(length);
          return Outcome.answer(
              GenerateDataKeyResponse.builder()
                  .ciphertextBlob(ciphertexts.seal(key, input.encryptionContext(), plaintext))
                  .plaintext(Blob.of(plaintext))
                  .keyId(key.name().arn())
                  .keyMaterialId(key.materialId())
                  .build());
        });
  }

  Guarded<GenerateDataKeyWithoutPlaintextResponse> generateWithoutPlaintext(
      Call<GenerateDataKeyWithoutPlaintextRequest> call) {
    GenerateDataKeyWithoutPlaintextRequest input = call.input();
    int length = length(input.numberOfBytes(), input.keySpec());
    KeyUse use = keys.use(call, input.keyId(), ACTION_WITHOUT_PLAINTEXT);
    Key key = use.key();
    return Guarded.by(
        access.of(
            call,
            ACTION_WITHOUT_PLAINTEXT,
            use,
            KeyAccess.encryption(input.encryptionContext(), Ciphertexts.SYMMETRIC)),
        _ -> {
          key.requireCapableOfDataKeys("GenerateDataKeyWithoutPlaintext");
          DryRun.stop(input.dryRun());
          byte[] plaintext = randomness.bytes(length);
          Blob sealed = ciphertexts.seal(key, input.encryptionContext(), plaintext);
          Arrays.fill(plaintext, (byte) 0);
          return Outcome.answer(
              GenerateDataKeyWithoutPlaintextResponse.builder()
                  .ciphertextBlob(sealed)
                  .keyId(key.name().arn())
                  .keyMaterialId(key.materialId())
                  .build());
        });
  }

  private static int length(@Nullable Integer numberOfBytes, @Nullable String keySpec) {
    if (keySpec == null && numberOfBytes != null) {
      return numberOfBytes;
    }
    if (keySpec != null && numberOfBytes == null) {
      return keySpec.equals("AES_128") ? 16 : 32;
    }
    throw KmsErrors.validation("Please specify either number of bytes or key spec.");
  }
}
