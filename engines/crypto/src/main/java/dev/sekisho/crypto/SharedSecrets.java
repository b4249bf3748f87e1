package dev.sekisho.crypto;

import dev.sekisho.core.Secret;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/** Elliptic-curve Diffie-Hellman with cofactor 1: both sides come to the same secret. */
public final class SharedSecrets {

  private SharedSecrets() {}

  /**
   * The x coordinate that the two keys share.
   *
   * @param peer the other side's public key as SubjectPublicKeyInfo in DER
   * @throws CryptoException when it is not a point of the key's own curve
   */
  public static Secret derive(AsymmetricKey key, byte[] peer) {
    try {
      PublicKey theirs = KeyPairs.publicKey(key.spec(), peer);
      if (!sameCurve((ECPublicKey) key.publicKey(), (ECPublicKey) theirs)) {
        throw new CryptoException();
      }
      KeyAgreement agreement =
          key.spec() == KeyPairSpec.SM2
              ? Providers.bouncyCastle("ECDH", KeyAgreement::getInstance)
              : Providers.fastest("KeyAgreement", "ECDH", KeyAgreement::getInstance);
      agreement.init(key.privateKey());
      agreement.doPhase(theirs, true);
      byte[] shared = agreement.generateSecret();
      try {
        return Secret.of(shared);
      } finally {
        Arrays.fill(shared, (byte) 0);
      }
    } catch (GeneralSecurityException | RuntimeException refused) {
      throw new CryptoException();
    }
  }

  private static boolean sameCurve(ECPublicKey ours, ECPublicKey theirs) {
    return ours.getParams().getCurve().equals(theirs.getParams().getCurve())
        && ours.getParams().getGenerator().equals(theirs.getParams().getGenerator());
  }
}
