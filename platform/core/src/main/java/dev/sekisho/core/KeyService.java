package dev.sekisho.core;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * KMS as other services reach it: they use keys on behalf of whoever called them. Implemented by
 * KMS.
 *
 * <p>INVARIANT: each use passes every gate that a call of KMS's own API passes: the key policy and
 * the caller's policies are asked with {@code kms:ViaService}, and the use leaves its own event.
 * Nothing of this may be called inside a transaction: a use is a call of its own.
 *
 * <p>Every method throws a {@link ServiceException} with KMS's codes when the key is not there, not
 * usable or not allowed; the service says so in its own words where AWS does.
 */
public interface KeyService {

  /** Encrypts up to 4096 bytes. */
  Sealed encrypt(Use use, Secret plaintext);

  /** Opens what a key sealed; the use names the key, or else the ciphertext does. */
  Opened decrypt(Use use, Blob ciphertext);

  /** Makes a key of 32 bytes, in the clear and sealed. */
  DataKey generateDataKey(Use use);

  /**
   * A key as a service uses it.
   *
   * @param call the call that the service serves
   * @param service the service's name as {@code kms:ViaService} and {@code alias/aws/} have it, for
   *     example {@code secretsmanager}
   * @param keyId as callers name keys; none for the service's AWS managed key, which is made when
   *     it is first asked for
   * @param encryptionContext what binds the ciphertext, and what the audit log shows of it
   */
  record Use(
      RequestContext call,
      String service,
      @Nullable String keyId,
      Map<String, String> encryptionContext) {

    public Use {
      encryptionContext = Map.copyOf(encryptionContext);
    }
  }

  /**
   * What was sealed.
   *
   * @param keyArn the key it was sealed under
   */
  record Sealed(Blob ciphertext, String keyArn) {}

  /**
   * What was opened.
   *
   * @param keyArn the key it was sealed under
   */
  record Opened(Secret plaintext, String keyArn) {}

  /** A key to encrypt with, and the same sealed, to be kept beside what it encrypted. */
  record DataKey(Secret plaintext, Blob ciphertext, String keyArn) {}
}
