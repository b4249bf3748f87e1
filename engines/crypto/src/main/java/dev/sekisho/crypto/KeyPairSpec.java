package dev.sekisho.crypto;

/** What kind of key pair; the names are those KMS gives them. */
public enum KeyPairSpec {
  RSA_2048(Family.RSA, "RSA"),
  RSA_3072(Family.RSA, "RSA"),
  RSA_4096(Family.RSA, "RSA"),
  ECC_NIST_P256(Family.NIST, "secp256r1"),
  ECC_NIST_P384(Family.NIST, "secp384r1"),
  ECC_NIST_P521(Family.NIST, "secp521r1"),
  ECC_SECG_P256K1(Family.SECG, "secp256k1"),
  ECC_NIST_EDWARDS25519(Family.EDWARDS, "Ed25519"),
  ML_DSA_44(Family.ML_DSA, "ML-DSA-44"),
  ML_DSA_65(Family.ML_DSA, "ML-DSA-65"),
  ML_DSA_87(Family.ML_DSA, "ML-DSA-87"),
  ML_KEM_512(Family.ML_KEM, "ML-KEM-512"),
  ML_KEM_768(Family.ML_KEM, "ML-KEM-768"),
  ML_KEM_1024(Family.ML_KEM, "ML-KEM-1024"),
  SM2(Family.SM2, "sm2p256v1");

  /** Kinds that are made, read and used alike. */
  enum Family {
    RSA,
    /** Curves that every provider has. */
    NIST,
    /** Curves that only Bouncy Castle has on every machine. */
    SECG,
    EDWARDS,
    ML_DSA,
    ML_KEM,
    /** The curve of GB/T 32918.5, with schemes of its own. */
    SM2
  }

  private final Family family;
  private final String standardName;

  KeyPairSpec(Family family, String standardName) {
    this.family = family;
    this.standardName = standardName;
  }

  Family family() {
    return family;
  }

  /** The curve's or parameter set's name as Java's providers know it; {@code RSA} for RSA. */
  String standardName() {
    return standardName;
  }

  /** The length of an RSA modulus. */
  int modulusBits() {
    return switch (this) {
      case RSA_2048 -> 2048;
      case RSA_3072 -> 3072;
      case RSA_4096 -> 4096;
      case ECC_NIST_P256, ECC_NIST_P384, ECC_NIST_P521, ECC_SECG_P256K1, SM2 -> notRsa();
      case ECC_NIST_EDWARDS25519, ML_DSA_44, ML_DSA_65, ML_DSA_87 -> notRsa();
      case ML_KEM_512, ML_KEM_768, ML_KEM_1024 -> notRsa();
    };
  }

  private static int notRsa() {
    throw new IllegalStateException("only RSA keys have a modulus");
  }

  /** Whether such keys encapsulate secrets, and do nothing else. */
  boolean encapsulates() {
    return family == Family.ML_KEM;
  }

  /** Whether making one takes so long that it should be made ahead. */
  public boolean isSlowToMake() {
    return family == Family.RSA;
  }
}
