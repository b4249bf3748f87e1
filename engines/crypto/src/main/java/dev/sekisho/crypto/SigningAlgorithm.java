package dev.sekisho.crypto;

/** How something is signed; the names are those KMS gives them. */
public enum SigningAlgorithm {
  RSASSA_PSS_SHA_256(Scheme.PSS, "SHA-256", 32),
  RSASSA_PSS_SHA_384(Scheme.PSS, "SHA-384", 48),
  RSASSA_PSS_SHA_512(Scheme.PSS, "SHA-512", 64),
  RSASSA_PKCS1_V1_5_SHA_256(Scheme.PKCS1, "SHA-256", 32),
  RSASSA_PKCS1_V1_5_SHA_384(Scheme.PKCS1, "SHA-384", 48),
  RSASSA_PKCS1_V1_5_SHA_512(Scheme.PKCS1, "SHA-512", 64),
  ECDSA_SHA_256(Scheme.ECDSA, "SHA-256", 32),
  ECDSA_SHA_384(Scheme.ECDSA, "SHA-384", 48),
  ECDSA_SHA_512(Scheme.ECDSA, "SHA-512", 64),
  ED25519_SHA_512(Scheme.ED25519, "SHA-512", 64),
  ED25519_PH_SHA_512(Scheme.ED25519_PH, "SHA-512", 64),
  ML_DSA_SHAKE_256(Scheme.ML_DSA, "SHAKE256-512", 64),
  SM2DSA(Scheme.SM2, "SM3", 32);

  enum Scheme {
    PSS,
    PKCS1,
    ECDSA,
    ED25519,
    ED25519_PH,
    ML_DSA,
    SM2
  }

  private final Scheme scheme;
  private final String digest;
  private final int digestBytes;

  SigningAlgorithm(Scheme scheme, String digest, int digestBytes) {
    this.scheme = scheme;
    this.digest = digest;
    this.digestBytes = digestBytes;
  }

  Scheme scheme() {
    return scheme;
  }

  /** The hash function's name as Java's providers know it. */
  String digest() {
    return digest;
  }

  /** How long what is handed over as a digest, or as an external mu, has to be. */
  public int digestBytes() {
    return digestBytes;
  }

  /** Whether messages of the type can be signed this way. */
  public boolean takes(MessageType type) {
    return switch (scheme) {
      case PSS, PKCS1, ECDSA, SM2 -> type != MessageType.EXTERNAL_MU;
      case ED25519 -> type == MessageType.RAW;
      case ED25519_PH -> type == MessageType.DIGEST;
      case ML_DSA -> type != MessageType.DIGEST;
    };
  }

  /** One that keys of the kind are able to. */
  static SigningAlgorithm usual(KeyPairSpec spec) {
    return switch (spec) {
      case RSA_2048, RSA_3072, RSA_4096 -> RSASSA_PKCS1_V1_5_SHA_256;
      case ECC_NIST_P256, ECC_SECG_P256K1 -> ECDSA_SHA_256;
      case ECC_NIST_P384 -> ECDSA_SHA_384;
      case ECC_NIST_P521 -> ECDSA_SHA_512;
      case ECC_NIST_EDWARDS25519 -> ED25519_SHA_512;
      case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> ML_DSA_SHAKE_256;
      case SM2 -> SM2DSA;
      case ML_KEM_512, ML_KEM_768, ML_KEM_1024 ->
          throw new IllegalArgumentException("such keys do not sign");
    };
  }
}
