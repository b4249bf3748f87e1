package dev.sekisho.kms;

import dev.sekisho.crypto.KeyPairSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What kind of key: what it can be made for, and by which algorithms; all by AWS's names. */
enum KeySpec {
  SYMMETRIC_DEFAULT,
  HMAC_224,
  HMAC_256,
  HMAC_384,
  HMAC_512,
  RSA_2048,
  RSA_3072,
  RSA_4096,
  ECC_NIST_P256,
  ECC_NIST_P384,
  ECC_NIST_P521,
  ECC_SECG_P256K1,
  ECC_NIST_EDWARDS25519,
  ML_DSA_44,
  ML_DSA_65,
  ML_DSA_87,
  ML_KEM_512,
  ML_KEM_768,
  ML_KEM_1024,
  SM2;

  private static final List<String> RSA_ENCRYPTION =
      List.of("RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256");
  private static final List<String> RSA_SIGNING =
      List.of(
          "RSASSA_PKCS1_V1_5_SHA_256",
          "RSASSA_PKCS1_V1_5_SHA_384",
          "RSASSA_PKCS1_V1_5_SHA_512",
          "RSASSA_PSS_SHA_256",
          "RSASSA_PSS_SHA_384",
          "RSASSA_PSS_SHA_512");

  /** What a key of this kind may be made for. */
  List<KeyUsage> usages() {
    return switch (this) {
      case SYMMETRIC_DEFAULT -> List.of(KeyUsage.ENCRYPT_DECRYPT);
      case HMAC_224, HMAC_256, HMAC_384, HMAC_512 -> List.of(KeyUsage.GENERATE_VERIFY_MAC);
      case RSA_2048, RSA_3072, RSA_4096 -> List.of(KeyUsage.ENCRYPT_DECRYPT, KeyUsage.SIGN_VERIFY);
      case ECC_NIST_P256, ECC_NIST_P384, ECC_NIST_P521 ->
          List.of(KeyUsage.SIGN_VERIFY, KeyUsage.KEY_AGREEMENT);
      case ECC_SECG_P256K1, ECC_NIST_EDWARDS25519, ML_DSA_44, ML_DSA_65, ML_DSA_87 ->
          List.of(KeyUsage.SIGN_VERIFY);
      case ML_KEM_512, ML_KEM_768, ML_KEM_1024 -> List.of(KeyUsage.ENCAPSULATE_DECAPSULATE);
      case SM2 -> List.of(KeyUsage.ENCRYPT_DECRYPT, KeyUsage.SIGN_VERIFY, KeyUsage.KEY_AGREEMENT);
    };
  }

  /** The algorithms of a key of this kind when it is made for the usage. */
  List<String> algorithms(KeyUsage usage) {
    return switch (usage) {
      case ENCRYPT_DECRYPT -> encryption();
      case SIGN_VERIFY -> signing();
      case GENERATE_VERIFY_MAC -> List.of(name().replace("HMAC_", "HMAC_SHA_"));
      case KEY_AGREEMENT -> List.of("ECDH");
      case ENCAPSULATE_DECAPSULATE -> List.of("ML_KEM");
    };
  }

  boolean isSymmetricEncryption() {
    return this == SYMMETRIC_DEFAULT;
  }

  /** What key pair keys of this kind are; none when they have one secret. */
  @Nullable KeyPairSpec keyPair() {
    return switch (this) {
      case SYMMETRIC_DEFAULT, HMAC_224, HMAC_256, HMAC_384, HMAC_512 -> null;
      case RSA_2048, RSA_3072, RSA_4096 -> KeyPairSpec.valueOf(name());
      case ECC_NIST_P256, ECC_NIST_P384, ECC_NIST_P521 -> KeyPairSpec.valueOf(name());
      case ECC_SECG_P256K1, ECC_NIST_EDWARDS25519 -> KeyPairSpec.valueOf(name());
      case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> KeyPairSpec.valueOf(name());
      case ML_KEM_512, ML_KEM_768, ML_KEM_1024, SM2 -> KeyPairSpec.valueOf(name());
    };
  }

  /** How long the secret of a key of this kind is when KMS makes it. */
  int secretBytes() {
    return switch (this) {
      case SYMMETRIC_DEFAULT, HMAC_256 -> 32;
      case HMAC_224 -> 28;
      case HMAC_384 -> 48;
      case HMAC_512 -> 64;
      case RSA_2048, RSA_3072, RSA_4096 -> noSecret();
      case ECC_NIST_P256, ECC_NIST_P384, ECC_NIST_P521 -> noSecret();
      case ECC_SECG_P256K1, ECC_NIST_EDWARDS25519 -> noSecret();
      case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> noSecret();
      case ML_KEM_512, ML_KEM_768, ML_KEM_1024, SM2 -> noSecret();
    };
  }

  private static int noSecret() {
    throw new IllegalStateException("such keys have two halves");
  }

  private List<String> encryption() {
    return switch (this) {
      case SYMMETRIC_DEFAULT -> List.of("SYMMETRIC_DEFAULT");
      case RSA_2048, RSA_3072, RSA_4096 -> RSA_ENCRYPTION;
      case SM2 -> List.of("SM2PKE");
      case HMAC_224, HMAC_256, HMAC_384, HMAC_512 -> List.of();
      case ECC_NIST_P256, ECC_NIST_P384, ECC_NIST_P521 -> List.of();
      case ECC_SECG_P256K1, ECC_NIST_EDWARDS25519 -> List.of();
      case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> List.of();
      case ML_KEM_512, ML_KEM_768, ML_KEM_1024 -> List.of();
    };
  }

  private List<String> signing() {
    return switch (this) {
      case RSA_2048, RSA_3072, RSA_4096 -> RSA_SIGNING;
      case ECC_NIST_P256, ECC_SECG_P256K1 -> List.of("ECDSA_SHA_256");
      case ECC_NIST_P384 -> List.of("ECDSA_SHA_384");
      case ECC_NIST_P521 -> List.of("ECDSA_SHA_512");
      case ECC_NIST_EDWARDS25519 -> List.of("ED25519_SHA_512", "ED25519_PH_SHA_512");
      case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> List.of("ML_DSA_SHAKE_256");
      case SM2 -> List.of("SM2DSA");
      case SYMMETRIC_DEFAULT, HMAC_224, HMAC_256, HMAC_384, HMAC_512 -> List.of();
      case ML_KEM_512, ML_KEM_768, ML_KEM_1024 -> List.of();
    };
  }
}
