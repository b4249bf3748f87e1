package dev.sekisho.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.spec.EdDSAParameterSpec;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/**
 * Signs and verifies.
 *
 * <p>Security guarantees: a signature is of the key, the algorithm and the message together. A
 * signature that is malformed in any way is not valid; nothing else is said of it.
 */
public final class Signatures {

  private Signatures() {}

  /**
   * Signs.
   *
   * @param message of a type that the algorithm takes; if a digest, of the algorithm's length
   */
  public static byte[] sign(
      AsymmetricKey key, SigningAlgorithm algorithm, MessageType type, byte[] message) {
    try {
      return switch (algorithm.scheme()) {
        case PKCS1 -> RsaPkcs1.sign(key, algorithm, digest(algorithm, type, message));
        case PSS -> RsaPss.sign(key, algorithm, digest(algorithm, type, message));
        case SM2 -> Sm2.sign(key, type, message);
        case ECDSA, ED25519, ED25519_PH, ML_DSA -> {
          Signature signature = signature(key, algorithm, type);
          signature.initSign(key.privateKey());
          signature.update(input(algorithm, type, message));
          yield signature.sign();
        }
      };
    } catch (GeneralSecurityException impossible) {
      // No cause: a provider's message could tell of the key.
      throw new IllegalStateException(key.spec() + " cannot sign by " + algorithm);
    }
  }

  /** Whether the signature is the key's on the message. */
  public static boolean verify(
      AsymmetricKey key,
      SigningAlgorithm algorithm,
      MessageType type,
      byte[] message,
      byte[] signature) {
    try {
      if (algorithm.scheme() == SigningAlgorithm.Scheme.ECDSA) {
        requireOneEncoding(key, signature);
      }
      return switch (algorithm.scheme()) {
        case PKCS1 -> RsaPkcs1.verify(key, algorithm, digest(algorithm, type, message), signature);
        case PSS -> RsaPss.verify(key, algorithm, digest(algorithm, type, message), signature);
        case SM2 -> Sm2.verify(key, type, message, signature);
        case ECDSA, ED25519, ED25519_PH, ML_DSA -> {
          Signature verifier = signature(key, algorithm, type);
          verifier.initVerify(key.publicKey());
          verifier.update(input(algorithm, type, message));
          yield verifier.verify(signature);
        }
      };
    } catch (GeneralSecurityException | IOException | RuntimeException malformed) {
      return false;
    }
  }

  /** Not every provider insists on DER; so it is done here, for all alike. */
  private static void requireOneEncoding(AsymmetricKey key, byte[] signature) throws IOException {
    StandardDSAEncoding.INSTANCE.decode(
        ((ECKey) key.publicKey()).getParams().getOrder(), signature);
  }

  private static Signature signature(
      AsymmetricKey key, SigningAlgorithm algorithm, MessageType type)
      throws GeneralSecurityException {
    String kind = "Signature";
    return switch (algorithm.scheme()) {
      case ECDSA ->
          key.spec().family() == KeyPairSpec.Family.SECG
              ? Providers.bouncyCastle("NONEwithECDSA", Signature::getInstance)
              : Providers.fastest(kind, "NONEwithECDSA", Signature::getInstance);
      case ED25519 -> Providers.fastest(kind, "Ed25519", Signature::getInstance);
      case ED25519_PH -> preHashed();
      case ML_DSA -> mlDsa(type);
      case PSS, PKCS1, SM2 -> throw new IllegalStateException("these have classes of their own");
    };
  }

  private static Signature preHashed() throws GeneralSecurityException {
    Signature signature = Providers.fastest("Signature", "EdDSA", Signature::getInstance);
    if (Providers.isCorretto(signature.getProvider())) {
      return Signature.getInstance("Ed25519ph", signature.getProvider());
    }
    signature.setParameter(new EdDSAParameterSpec(true));
    return signature;
  }

  private static Signature mlDsa(MessageType type) throws GeneralSecurityException {
    Signature pure = Providers.beyondJdk("Signature", "ML-DSA", Signature::getInstance);
    if (type == MessageType.RAW) {
      return pure;
    }
    return Providers.isCorretto(pure.getProvider())
        ? Signature.getInstance("ML-DSA-ExtMu", pure.getProvider())
        : Signature.getInstance("ML-DSA-EXTERNAL-MU", pure.getProvider());
  }

  private static byte[] input(SigningAlgorithm algorithm, MessageType type, byte[] message)
      throws GeneralSecurityException {
    return algorithm.scheme() == SigningAlgorithm.Scheme.ECDSA
        ? digest(algorithm, type, message)
        : message;
  }

  private static byte[] digest(SigningAlgorithm algorithm, MessageType type, byte[] message)
      throws GeneralSecurityException {
    return type == MessageType.DIGEST
        ? message
        : Providers.fastest("MessageDigest", algorithm.digest(), MessageDigest::getInstance)
            .digest(message);
  }
}
