package dev.sekisho.crypto;

import java.security.Key;
import java.security.interfaces.RSAPublicKey;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;

/**
 * RSASSA-PSS on a digest, with MGF1 of the same hash and a salt as long as it.
 *
 * <p>No provider signs a digest this way; so the padding is Bouncy Castle's, and the arithmetic the
 * fastest provider's.
 */
final class RsaPss {

  private static final byte TRAILER = (byte) 0xbc;

  private RsaPss() {}

  static byte[] sign(AsymmetricKey key, SigningAlgorithm algorithm, byte[] digest) {
    PSSSigner signer = signer(key, key.privateKey(), algorithm, true);
    signer.update(digest, 0, digest.length);
    try {
      return signer.generateSignature();
    } catch (CryptoException impossible) {
      throw new IllegalStateException("PSS does not fit the modulus");
    }
  }

  static boolean verify(
      AsymmetricKey key, SigningAlgorithm algorithm, byte[] digest, byte[] signature) {
    if (signature.length != key.spec().modulusBits() / 8) {
      return false;
    }
    PSSSigner verifier = signer(key, key.publicKey(), algorithm, false);
    verifier.update(digest, 0, digest.length);
    return verifier.verifySignature(signature);
  }

  private static PSSSigner signer(
      AsymmetricKey key, Key half, SigningAlgorithm algorithm, boolean signing) {
    PSSSigner signer =
        PSSSigner.createRawSigner(
            new RsaCipher(half),
            hash(algorithm),
            hash(algorithm),
            algorithm.digestBytes(),
            TRAILER);
    RSAPublicKey rsa = (RSAPublicKey) key.publicKey();
    // Only the modulus's length is read from these: the cipher has the key itself.
    signer.init(
        signing, new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent(), true));
    return signer;
  }

  private static Digest hash(SigningAlgorithm algorithm) {
    return switch (algorithm.digest()) {
      case "SHA-256" -> SHA256Digest.newInstance();
      case "SHA-384" -> new SHA384Digest();
      case "SHA-512" -> new SHA512Digest();
      default -> throw new IllegalStateException("no such hash in PSS: " + algorithm);
    };
  }
}
