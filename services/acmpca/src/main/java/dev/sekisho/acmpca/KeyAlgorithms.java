package dev.sekisho.acmpca;

import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.crypto.x509.CertificateSignature;
import java.util.Map;

/** The keys that authorities have and how they sign, by Private CA's names. */
final class KeyAlgorithms {

  private static final Map<String, KeyPairSpec> SPECS =
      Map.of(
          "RSA_2048", KeyPairSpec.RSA_2048,
          "RSA_3072", KeyPairSpec.RSA_3072,
          "RSA_4096", KeyPairSpec.RSA_4096,
          "EC_prime256v1", KeyPairSpec.ECC_NIST_P256,
          "EC_secp384r1", KeyPairSpec.ECC_NIST_P384,
          "EC_secp521r1", KeyPairSpec.ECC_NIST_P521,
          "ML_DSA_44", KeyPairSpec.ML_DSA_44,
          "ML_DSA_65", KeyPairSpec.ML_DSA_65,
          "ML_DSA_87", KeyPairSpec.ML_DSA_87);

  private KeyAlgorithms() {}

  /**
   * The kind of key.
   *
   * @throws dev.sekisho.core.ServiceException InvalidArgsException for SM2, which AWS has in its
   *     Chinese Regions only
   */
  static KeyPairSpec spec(String keyAlgorithm) {
    KeyPairSpec spec = SPECS.get(keyAlgorithm);
    if (spec == null) {
      throw AcmPcaErrors.invalidArgs(
          "The key algorithm " + keyAlgorithm + " is not available in this Region.");
    }
    return spec;
  }

  /**
   * How such a key signs.
   *
   * @throws dev.sekisho.core.ServiceException InvalidArgsException when it does not sign so
   */
  static CertificateSignature signature(KeyPairSpec spec, String signingAlgorithm) {
    if (!signingAlgorithm.equals("SM3WITHSM2")) {
      CertificateSignature signature = CertificateSignature.valueOf(signingAlgorithm);
      if (signature.fits(spec)) {
        return signature;
      }
    }
    throw AcmPcaErrors.invalidArgs(
        "The specified signing algorithm family must match the algorithm family of the CA's"
            + " secret key.");
  }
}
