package dev.sekisho.kms;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Call;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.AsymmetricKey;
import dev.sekisho.crypto.CiphertextBlob;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.crypto.RsaOaep;
import dev.sekisho.crypto.Sm2;
import dev.sekisho.kms.Keys.KeyUse;
import dev.sekisho.kms.MaterialStore.Material;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes and opens the ciphertexts of keys. */
final class Ciphertexts {

  /** The algorithm of symmetric keys, and of calls that name none. */
  static final String SYMMETRIC = "SYMMETRIC_DEFAULT";

  /** Names no material. */
  private static final String NOWHERE = "0".repeat(64);

  /**
   * What was opened.
   *
   * @param materialId the material it was sealed under, if by a symmetric key
   */
  record Opened(byte[] plaintext, @Nullable String materialId) {}

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
    return keys.keyOfMaterial(call.region(), parsed.materialId())
        .flatMap(name -> keys.find(name, call.context().time()))
        .map(key -> new KeyUse(key, null))
        .orElseThrow(() -> elsewhere(parsed, KmsErrors.unreadableCiphertext()));
  }

  /**
   * Encrypts by the algorithm that the call names.
   *
   * @throws ServiceException ValidationException when the plaintext does not fit, or there is a
   *     context that cannot be bound
   */
  Blob seal(Key key, String algorithm, @Nullable Map<String, String> context, byte[] plaintext) {
    if (key.spec().isSymmetricEncryption()) {
      return seal(key, context, plaintext);
    }
    requireNoContext(key, context);
    AsymmetricKey pair = keys.pair(key);
    boolean sm2 = pair.spec() == KeyPairSpec.SM2;
    RsaOaep.Hash hash = hash(algorithm);
    int capacity = sm2 ? Sm2.CAPACITY : RsaOaep.capacity(pair.spec(), hash);
    if (plaintext.length > capacity) {
      throw KmsErrors.validation(
          "Algorithm "
              + algorithm
              + " and key spec "
              + key.spec()
              + " cannot encrypt data larger than "
              + capacity
              + " bytes.");
    }
    return Blob.of(sm2 ? Sm2.encrypt(pair, plaintext) : RsaOaep.encrypt(pair, hash, plaintext));
  }

  private Opened open(
      Key key, String algorithm, @Nullable Map<String, String> context, Blob ciphertext) {
    requireNoContext(key, context);
    try {
      AsymmetricKey pair = keys.pair(key);
      return new Opened(
          pair.spec() == KeyPairSpec.SM2
              ? Sm2.decrypt(pair, ciphertext.bytes())
              : RsaOaep.decrypt(pair, hash(algorithm), ciphertext.bytes()),
          null);
    } catch (CryptoException refused) {
      throw KmsErrors.invalidCiphertext();
    }
  }

  private static RsaOaep.Hash hash(String algorithm) {
    return algorithm.equals("RSAES_OAEP_SHA_1") ? RsaOaep.Hash.SHA_1 : RsaOaep.Hash.SHA_256;
  }

  private static void requireNoContext(Key key, @Nullable Map<String, String> context) {
    if (context != null && !context.isEmpty()) {
      throw KmsErrors.validation(
          "EncryptionContext is not supported for key spec " + key.spec() + ".");
    }
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
    if (!key.spec().isSymmetricEncryption()) {
      requireCapable(key, operation, algorithm);
      return open(key, algorithm, context, ciphertext);
    }
    CiphertextBlob parsed = parse(ciphertext);
    Material material =
        keys.material(key.name().region(), parsed.materialId())
            .filter(found -> found.key().equals(key.name()))
            .orElseThrow(() -> elsewhere(parsed, KmsErrors.incorrectKey()));
    requireCapable(key, operation, algorithm);
    try {
      return new Opened(
          parsed.decrypt(material.bytes(), requireNonNullElse(context, Map.of())), material.id());
    } catch (CryptoException refused) {
      throw altered(key.name().region());
    }
  }

  /**
   * What does not open is looked for in vain as often as material that never was, so that the time
   * of the answer does not tell which part of a ciphertext was altered.
   */
  private ServiceException altered(String region) {
    keys.keyOfMaterial(region, NOWHERE);
    keys.isMaterial(NOWHERE);
    return KmsErrors.invalidCiphertext();
  }

  /** What names material that never was is damaged like any other ciphertext. */
  private ServiceException elsewhere(CiphertextBlob parsed, ServiceException known) {
    return keys.isMaterial(parsed.materialId()) ? known : KmsErrors.invalidCiphertext();
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
