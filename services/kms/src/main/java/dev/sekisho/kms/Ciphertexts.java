package dev.sekisho.kms;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.CiphertextBlob;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.kms.Keys.KeyUse;
import dev.sekisho.kms.MaterialStore.Material;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes and opens the ciphertexts of keys. */
final class Ciphertexts {

  /** The algorithm of symmetric keys, and of calls that name none. */
  static final String SYMMETRIC = "SYMMETRIC_DEFAULT";

  /**
   * What was opened.
   *
   * @param materialId the material it was sealed under
   */
  record Opened(byte[] plaintext, String materialId) {}

  private final Keys keys;
  private final Randomness randomness;

  Ciphertexts(Keys keys, Randomness randomness) {
    this.keys = keys;
    this.randomness = randomness;
  }

  /**
   * Encrypts under the key's current material.
   *
   * @return the ciphertext; the key has been found usable by the caller
   */
  Blob seal(Key key, @Nullable Map<String, String> context, byte[] plaintext) {
    Material material = keys.current(key);
    return Blob.of(
        CiphertextBlob.encrypt(
            material.id(),
            material.bytes(),
            requireNonNullElse(context, Map.of()),
            plaintext,
            randomness));
  }

  /**
   * The key that a ciphertext is to be opened with: the one the call names, else the one that the
   * ciphertext itself names.
   *
   * @throws ServiceException InvalidCiphertextException, or AccessDeniedException when the key is
   *     not there
   */
  KeyUse source(Call<?> call, @Nullable String keyId, @Nullable Blob ciphertext, String action) {
    if (keyId != null) {
      return keys.use(call, keyId, action);
    }
    if (ciphertext == null) {
      throw KmsErrors.validation(
          "1 validation error detected: Value null at 'keyId' failed to satisfy constraint:"
              + " Member must not be null");
    }
    CiphertextBlob parsed = parse(ciphertext);
    return keys.material(call.region(), parsed.materialId())
        .flatMap(material -> keys.find(material.key(), call.context().time()))
        .map(key -> new KeyUse(key, null))
        .orElseThrow(KmsErrors::unreadableCiphertext);
  }

  /**
   * Opens a ciphertext with the key.
   *
   * @param ciphertext none in a dry run that ignores it, which ends here
   * @throws ServiceException what the key's state is answered with, IncorrectKeyException when the
   *     ciphertext is another key's, InvalidCiphertextException when anything else does not fit
   */
  Opened open(
      Key key,
      String operation,
      String algorithm,
      @Nullable Map<String, String> context,
      @Nullable Blob ciphertext) {
    key.requireUsable();
    if (ciphertext == null) {
      requireCapable(key, operation, algorithm);
      throw KmsErrors.dryRun();
    }
    CiphertextBlob parsed = parse(ciphertext);
    Material material =
        keys.material(key.name().region(), parsed.materialId())
            .filter(found -> found.key().equals(key.name()))
            .orElseThrow(KmsErrors::incorrectKey);
    requireCapable(key, operation, algorithm);
    try {
      return new Opened(
          parsed.decrypt(material.bytes(), requireNonNullElse(context, Map.of())), material.id());
    } catch (CryptoException refused) {
      throw KmsErrors.invalidCiphertext();
    }
  }

  private static void requireCapable(Key key, String operation, String algorithm) {
    key.requireUsage(KeyUsage.ENCRYPT_DECRYPT, operation);
    key.requireAlgorithm(algorithm);
  }

  private static CiphertextBlob parse(Blob ciphertext) {
    try {
      return CiphertextBlob.parse(ciphertext.bytes());
    } catch (CryptoException notOurs) {
      throw KmsErrors.invalidCiphertext();
    }
  }
}
