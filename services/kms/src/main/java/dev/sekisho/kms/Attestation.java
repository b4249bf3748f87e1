package dev.sekisho.kms;

import dev.sekisho.contract.kms.RecipientInfo;
import dev.sekisho.core.ServiceException;
import org.jspecify.annotations.Nullable;

/** Answers meant for a Nitro enclave: there is none here that could attest itself. */
final class Attestation {

  private Attestation() {}

  /**
   * Returns when the call names no enclave.
   *
   * @throws ServiceException NotImplemented otherwise, for a plaintext must not go elsewhere
   */
  static void refuse(@Nullable RecipientInfo recipient) {
    if (recipient != null) {
      throw KmsErrors.notImplemented("Recipient (attestation of Nitro enclaves)");
    }
  }
}
