package dev.sekisho.crypto;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jcajce.provider.asymmetric.util.ECUtil;

/** Private keys of curves from their number alone, as they come from outside. */
final class EcPrivateKeys {

  private EcPrivateKeys() {}

  static AsymmetricKey of(KeyPairSpec spec, byte[] number) {
    return ImportedKeyPairs.read(spec, pkcs8(spec, new BigInteger(1, number)));
  }

  /** PKCS#8 without the public key, which is optional there. */
  static byte[] pkcs8(KeyPairSpec spec, BigInteger number) {
    try {
      int bits = ECUtil.getNamedCurveByName(spec.standardName()).getN().bitLength();
      return new PrivateKeyInfo(
              new AlgorithmIdentifier(
                  X9ObjectIdentifiers.id_ecPublicKey, ECUtil.getNamedCurveOid(spec.standardName())),
              new ECPrivateKey(bits, number))
          .getEncoded();
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
