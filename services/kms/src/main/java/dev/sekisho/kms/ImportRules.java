package dev.sekisho.kms;

import dev.sekisho.core.Secret;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.AsymmetricKey;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.ImportedKeyPairs;
import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.crypto.KeyWrapping;
import dev.sekisho.kms.MaterialStore.Material;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What may be imported, into which keys, and how it has to be wrapped. */
final class ImportRules {

  static final String EXPIRES = "KEY_MATERIAL_EXPIRES";
  static final String NEW = "NEW_KEY_MATERIAL";

  private static final Duration LONGEST = Duration.ofDays(365);

  private ImportRules() {}

  /**
   * Returns when the key takes material from outside now.
   *
   * @throws ServiceException UnsupportedOperationException or KMSInvalidStateException otherwise
   */
  static void requireExternal(Key key) {
    if (!key.origin().equals(Key.EXTERNAL)) {
      throw KmsErrors.unsupported(
          key.name().arn()
              + " origin is "
              + key.origin()
              + " which is not valid for this operation.");
    }
    key.requireNotPendingDeletion();
  }

  /**
   * How material of the kind is to be wrapped.
   *
   * @throws ServiceException ValidationException when it cannot be wrapped so
   */
  static KeyWrapping wrapping(KeySpec spec, String algorithm, KeyPairSpec wrappingKey) {
    if (algorithm.equals("RSAES_PKCS1_V1_5")) {
      throw KmsErrors.unsupported("WrappingAlgorithm " + algorithm + " is not supported.");
    }
    KeyWrapping wrapping = KeyWrapping.valueOf(algorithm);
    boolean tooLong =
        switch (spec) {
          case RSA_2048, RSA_3072, RSA_4096 -> true;
          case ECC_NIST_P521 -> wrappingKey == KeyPairSpec.RSA_2048;
          case SYMMETRIC_DEFAULT, HMAC_224, HMAC_256, HMAC_384, HMAC_512 -> false;
          case ECC_NIST_P256, ECC_NIST_P384, ECC_SECG_P256K1, ECC_NIST_EDWARDS25519 -> false;
          case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> false;
          case ML_KEM_512, ML_KEM_768, ML_KEM_1024, SM2 -> false;
        };
    if (!wrapping.suits(wrappingKey) || (tooLong && !wrapping.isHybrid())) {
      throw KmsErrors.validation(
          "WrappingAlgorithm "
              + algorithm
              + " and WrappingKeySpec "
              + wrappingKey
              + " cannot wrap key material of the KeySpec "
              + spec
              + ".");
    }
    return wrapping;
  }

  /**
   * When the material expires; null when it does not.
   *
   * @throws ServiceException ValidationException when model and date do not fit each other
   */
  static @Nullable Instant validTo(@Nullable String model, @Nullable Instant validTo, Instant now) {
    boolean expires = model == null || model.equals(EXPIRES);
    if (!expires) {
      if (validTo != null) {
        throw KmsErrors.validation(
            "A validTo date must not be set if the ExpirationModel is"
                + " KEY_MATERIAL_DOES_NOT_EXPIRE");
      }
      return null;
    }
    if (validTo == null) {
      throw KmsErrors.validation(
          "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES");
    }
    if (!validTo.isAfter(now) || validTo.isAfter(now.plus(LONGEST))) {
      throw KmsErrors.validation("The validTo date must be within the next 365 days");
    }
    return validTo;
  }

  /**
   * Makes material of what was unwrapped.
   *
   * @throws ServiceException IncorrectKeyMaterialException when it is not of the key's kind
   */
  static Material material(String id, Key key, Secret bytes) {
    KeyPairSpec kind = key.spec().keyPair();
    if (kind == null) {
      if (!fits(key.spec(), bytes.length())) {
        throw incorrect();
      }
      return new Material(id, key.name(), bytes, null);
    }
    byte[] pkcs8 = bytes.reveal();
    try {
      AsymmetricKey pair = ImportedKeyPairs.read(kind, pkcs8);
      return new Material(id, key.name(), pair.pkcs8(), pair.subjectPublicKeyInfo());
    } catch (CryptoException notOfThisKind) {
      throw incorrect();
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  static ServiceException incorrect() {
    return new ServiceException(
        "IncorrectKeyMaterialException",
        400,
        "The key material in the request is expired, invalid, or does not meet expectations for"
            + " this operation.");
  }

  private static boolean fits(KeySpec spec, int length) {
    int shortest = spec.secretBytes();
    int longest =
        switch (spec) {
          case SYMMETRIC_DEFAULT -> shortest;
          case HMAC_224, HMAC_256 -> 64;
          case HMAC_384, HMAC_512 -> 128;
          case RSA_2048, RSA_3072, RSA_4096 -> 0;
          case ECC_NIST_P256, ECC_NIST_P384, ECC_NIST_P521 -> 0;
          case ECC_SECG_P256K1, ECC_NIST_EDWARDS25519 -> 0;
          case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> 0;
          case ML_KEM_512, ML_KEM_768, ML_KEM_1024, SM2 -> 0;
        };
    return length >= shortest && length <= longest;
  }
}
