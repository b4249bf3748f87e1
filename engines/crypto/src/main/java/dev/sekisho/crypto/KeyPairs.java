package dev.sekisho.crypto;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jcajce.interfaces.MLDSAPrivateKey;
import org.bouncycastle.jcajce.interfaces.MLKEMPrivateKey;

/** Makes key pairs and reads those that were made. */
public final class KeyPairs {

  private KeyPairs() {}

  /** A new key pair, by the providers' own generators of randomness. */
  public static AsymmetricKey generate(KeyPairSpec spec) {
    try {
      KeyPair made = generator(spec).generateKeyPair();
      byte[] pkcs8 = encoded(made.getPrivate());
      try {
        return read(spec, Secret.of(pkcs8), Blob.of(made.getPublic().getEncoded()));
      } finally {
        Arrays.fill(pkcs8, (byte) 0);
      }
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a kind of key cannot be made: " + spec, impossible);
    }
  }

  /**
   * Reads back a pair of which both halves are known.
   *
   * @throws CryptoException when it is not one of this kind
   */
  public static AsymmetricKey read(KeyPairSpec spec, Secret pkcs8, Blob subjectPublicKeyInfo) {
    byte[] revealed = pkcs8.reveal();
    try {
      return new AsymmetricKey(
          spec,
          privateKey(spec, revealed),
          publicKey(spec, subjectPublicKeyInfo.bytes()),
          pkcs8,
          subjectPublicKeyInfo);
    } catch (GeneralSecurityException | RuntimeException unreadable) {
      throw new CryptoException();
    } finally {
      Arrays.fill(revealed, (byte) 0);
    }
  }

  /** An RSA public key as PKCS#1 RSAPublicKey in DER, which is what X.509's form wraps. */
  public static Blob pkcs1(Blob subjectPublicKeyInfo) {
    return Blob.of(
        SubjectPublicKeyInfo.getInstance(subjectPublicKeyInfo.bytes())
            .getPublicKeyData()
            .getBytes());
  }

  static PrivateKey privateKey(KeyPairSpec spec, byte[] pkcs8) throws GeneralSecurityException {
    return factory(spec).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  static PublicKey publicKey(KeyPairSpec spec, byte[] subjectPublicKeyInfo)
      throws GeneralSecurityException {
    return factory(spec).generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
  }

  static KeyFactory factory(KeyPairSpec spec) throws GeneralSecurityException {
    String type = "KeyFactory";
    return switch (spec.family()) {
      case RSA -> Providers.fastest(type, "RSA", KeyFactory::getInstance);
      case NIST -> Providers.fastest(type, "EC", KeyFactory::getInstance);
      case SECG, SM2 -> Providers.bouncyCastle("EC", KeyFactory::getInstance);
      case EDWARDS -> Providers.fastest(type, spec.standardName(), KeyFactory::getInstance);
      case ML_DSA -> Providers.beyondJdk(type, spec.standardName(), KeyFactory::getInstance);
      case ML_KEM -> Providers.bouncyCastle(spec.standardName(), KeyFactory::getInstance);
    };
  }

  private static KeyPairGenerator generator(KeyPairSpec spec) throws GeneralSecurityException {
    String type = "KeyPairGenerator";
    return switch (spec.family()) {
      case RSA -> {
        KeyPairGenerator rsa = Providers.fastest(type, "RSA", KeyPairGenerator::getInstance);
        rsa.initialize(spec.modulusBits());
        yield rsa;
      }
      case NIST -> onCurve(spec, Providers.fastest(type, "EC", KeyPairGenerator::getInstance));
      case SECG, SM2 -> onCurve(spec, Providers.bouncyCastle("EC", KeyPairGenerator::getInstance));
      case EDWARDS -> Providers.fastest(type, spec.standardName(), KeyPairGenerator::getInstance);
      case ML_DSA, ML_KEM ->
          Providers.bouncyCastle(spec.standardName(), KeyPairGenerator::getInstance);
    };
  }

  private static KeyPairGenerator onCurve(KeyPairSpec spec, KeyPairGenerator generator)
      throws GeneralSecurityException {
    generator.initialize(new ECGenParameterSpec(spec.standardName()));
    return generator;
  }

  /** A lattice key is kept as its seed, the one form that all of its readers know. */
  private static byte[] encoded(PrivateKey key) {
    return switch (key) {
      case MLDSAPrivateKey mlDsa -> mlDsa.getPrivateKey(true).getEncoded();
      case MLKEMPrivateKey mlKem -> mlKem.getPrivateKey(true).getEncoded();
      default -> key.getEncoded();
    };
  }
}
