package dev.sekisho.kms;

import dev.sekisho.contract.kms.GenerateRandomRequest;
import dev.sekisho.contract.kms.GenerateRandomResponse;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.ServiceException;

/** Gives out unpredictable bytes. */
final class GenerateRandom {

  private final Randomness randomness;

  GenerateRandom(Randomness randomness) {
    this.randomness = randomness;
  }

  Guarded<GenerateRandomResponse> handle(Call<GenerateRandomRequest> call) {
    GenerateRandomRequest input = call.input();
    Attestation.refuse(input.recipient());
    Integer length = input.numberOfBytes();
    if (length == null) {
      throw KmsErrors.validation("NumberOfBytes is required.");
    }
    return Guarded.by(
        KeyAccess.ofAny(call, "kms:GenerateRandom"),
        _ -> {
          if (input.customKeyStoreId() != null) {
            throw new ServiceException(
                "CustomKeyStoreNotFoundException",
                400,
                "Custom key store " + input.customKeyStoreId() + " does not exist.");
          }
          return Outcome.answer(
              GenerateRandomResponse.builder()
                  .plaintext(Blob.of(randomness.bytes(length)))
                  .build());
        });
  }
}
