package dev.sekisho.crypto;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.jcajce.interfaces.MLDSAPrivateKey;
import org.bouncycastle.jcajce.interfaces.MLKEMPrivateKey;
import org.bouncycastle.jcajce.provider.asymmetric.util.ECUtil;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * Reads private keys that come from outside: their public half is computed, and they must prove to
 * work before anybody relies on them.
 */
public final class ImportedKeyPairs {

  private static final byte[] PROBE = new byte[32];

  private ImportedKeyPairs() {}

  /**
   * Reads a private key.
   *
   * @param pkcs8 in DER
   * @throws CryptoException when it is not one of this kind, or does not work
   */
  public static AsymmetricKey read(KeyPairSpec spec, byte[] pkcs8) {
    try {
      AsymmetricKey key = KeyPairs.read(spec, Secret.of(pkcs8), publicKey(spec, pkcs8));
      if (spec.encapsulates() ? encapsulates(key) : signs(key)) {
        return key;
      }
    } catch (GeneralSecurityException | IOException | RuntimeException unusable) {
      // Falls through to the one refusal.
    }
    throw new CryptoException();
  }

  private static boolean signs(AsymmetricKey key) {
    SigningAlgorithm algorithm = SigningAlgorithm.usual(key.spec());
    MessageType type =
        algorithm.takes(MessageType.DIGEST) && algorithm.digestBytes() == PROBE.length
            ? MessageType.DIGEST
            : MessageType.RAW;
    byte[] signature = Signatures.sign(key, algorithm, type, PROBE);
    return Signatures.verify(key, algorithm, type, PROBE, signature);
  }

  private static boolean encapsulates(AsymmetricKey key) {
    KeyEncapsulation.Encapsulated made = KeyEncapsulation.encapsulate(key);
    return KeyEncapsulation.decapsulate(key, made.ciphertext().bytes()).equals(made.secret());
  }

  private static Blob publicKey(KeyPairSpec spec, byte[] pkcs8)
      throws GeneralSecurityException, IOException {
    return Blob.of(
        switch (spec.family()) {
          case RSA -> ofRsa(spec, KeyPairs.privateKey(spec, pkcs8));
          case NIST, SECG, SM2 -> ofCurve(spec, PrivateKeyFactory.createKey(pkcs8));
          case EDWARDS ->
              encoded(
                  ((Ed25519PrivateKeyParameters) PrivateKeyFactory.createKey(pkcs8))
                      .generatePublicKey());
          case ML_DSA ->
              ((MLDSAPrivateKey)
                      Providers.bouncyCastle(spec.standardName(), KeyFactory::getInstance)
                          .generatePrivate(
                              new java.security.spec.PKCS8EncodedKeySpec(
                                  PrivateKeyInfo.getInstance(pkcs8).getEncoded())))
                  .getPublicKey()
                  .getEncoded();
          case ML_KEM ->
              ((MLKEMPrivateKey) KeyPairs.privateKey(spec, pkcs8)).getPublicKey().getEncoded();
        });
  }

  private static byte[] ofRsa(KeyPairSpec spec, PrivateKey key) throws GeneralSecurityException {
    RSAPrivateCrtKey rsa = (RSAPrivateCrtKey) key;
    if (rsa.getModulus().bitLength() != spec.modulusBits()) {
      throw new CryptoException();
    }
    return KeyPairs.factory(spec)
        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()))
        .getEncoded();
  }

  private static byte[] ofCurve(KeyPairSpec spec, AsymmetricKeyParameter key) throws IOException {
    ECPrivateKeyParameters ec = (ECPrivateKeyParameters) key;
    boolean named =
        ECUtil.getNamedCurveByName(spec.standardName())
            .getCurve()
            .equals(ec.getParameters().getCurve());
    if (!named) {
      throw new CryptoException();
    }
    return encoded(
        new ECPublicKeyParameters(
            new FixedPointCombMultiplier().multiply(ec.getParameters().getG(), ec.getD()),
            ec.getParameters()));
  }

  private static byte[] encoded(AsymmetricKeyParameter publicKey) throws IOException {
    return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicKey).getEncoded();
  }
}
