package dev.sekisho.kms;

import dev.sekisho.core.Blob;
import dev.sekisho.core.ServiceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call that only asks whether it would succeed: the good answer is an exception. */
final class DryRun {

  private DryRun() {}

  /**
   * Ends a dry run once everything has been checked.
   *
   * @throws ServiceException DryRunOperationException when it is one
   */
  static void stop(@Nullable Boolean dryRun) {
    if (Boolean.TRUE.equals(dryRun)) {
      throw KmsErrors.dryRun();
    }
  }

  /**
   * Whether the call may come without a ciphertext.
   *
   * @throws ServiceException ValidationException when it comes without one and may not
   */
  static void requireCiphertext(
      @Nullable Blob ciphertext, @Nullable Boolean dryRun, @Nullable List<String> modifiers) {
    boolean ignored =
        Boolean.TRUE.equals(dryRun) && modifiers != null && modifiers.contains("IGNORE_CIPHERTEXT");
    if (ciphertext == null && !ignored) {
      throw KmsErrors.validation(
          "1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy"
              + " constraint: Member must not be null");
    }
  }
}
