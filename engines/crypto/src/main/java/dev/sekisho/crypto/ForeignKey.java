package dev.sekisho.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * A public key that somebody else handed over, of a kind that certificates are made for.
 *
 * <p>Security guarantees: an RSA modulus has at most {@value #LARGEST_MODULUS} bits, so that a
 * check costs a bounded time; a curve is one of NIST's three.
 */
public final class ForeignKey {

  private static final int LARGEST_MODULUS = 4_096;
  private static final int LARGEST_EXPONENT = 64;

  private static final Map<ASN1ObjectIdentifier, String> CURVES =
      Map.of(
          SECObjectIdentifiers.secp256r1, "EC_prime256v1",
          SECObjectIdentifiers.secp384r1, "EC_secp384r1",
          SECObjectIdentifiers.secp521r1, "EC_secp521r1");

  private static final Map<ASN1ObjectIdentifier, KeyPairSpec> LATTICES =
      Map.of(
          NISTObjectIdentifiers.id_ml_dsa_44, KeyPairSpec.ML_DSA_44,
          NISTObjectIdentifiers.id_ml_dsa_65, KeyPairSpec.ML_DSA_65,
          NISTObjectIdentifiers.id_ml_dsa_87, KeyPairSpec.ML_DSA_87);

  /** Algorithms of signatures by the identifiers that certificates and requests carry. */
  private static final Map<String, String> SIGNATURES =
      Map.ofEntries(
          Map.entry(PKCSObjectIdentifiers.sha256WithRSAEncryption.getId(), "SHA256withRSA"),
          Map.entry(PKCSObjectIdentifiers.sha384WithRSAEncryption.getId(), "SHA384withRSA"),
          Map.entry(PKCSObjectIdentifiers.sha512WithRSAEncryption.getId(), "SHA512withRSA"),
          Map.entry(X9ObjectIdentifiers.ecdsa_with_SHA256.getId(), "SHA256withECDSA"),
          Map.entry(X9ObjectIdentifiers.ecdsa_with_SHA384.getId(), "SHA384withECDSA"),
          Map.entry(X9ObjectIdentifiers.ecdsa_with_SHA512.getId(), "SHA512withECDSA"),
          Map.entry(NISTObjectIdentifiers.id_ml_dsa_44.getId(), "ML-DSA"),
          Map.entry(NISTObjectIdentifiers.id_ml_dsa_65.getId(), "ML-DSA"),
          Map.entry(NISTObjectIdentifiers.id_ml_dsa_87.getId(), "ML-DSA"));

  private static final Map<ASN1ObjectIdentifier, String> HASHES =
      Map.of(
          NISTObjectIdentifiers.id_sha256, "SHA-256",
          NISTObjectIdentifiers.id_sha384, "SHA-384",
          NISTObjectIdentifiers.id_sha512, "SHA-512");

  private final String algorithm;
  private final PublicKey key;

  private ForeignKey(String algorithm, PublicKey key) {
    this.algorithm = algorithm;
    this.key = key;
  }

  /**
   * Reads a key.
   *
   * @param subjectPublicKeyInfo in DER
   * @throws CryptoException when it is none, or of no such kind
   */
  public static ForeignKey read(byte[] subjectPublicKeyInfo) {
    try {
      SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(subjectPublicKeyInfo);
      ASN1ObjectIdentifier kind = info.getAlgorithm().getAlgorithm();
      KeyPairSpec lattice = LATTICES.get(kind);
      if (lattice != null) {
        return new ForeignKey(lattice.name(), KeyPairs.publicKey(lattice, subjectPublicKeyInfo));
      }
      if (kind.equals(PKCSObjectIdentifiers.rsaEncryption)) {
        return rsa((RSAPublicKey) make("RSA", subjectPublicKeyInfo));
      }
      String curve =
          kind.equals(X9ObjectIdentifiers.id_ecPublicKey)
              ? CURVES.get(ASN1ObjectIdentifier.getInstance(info.getAlgorithm().getParameters()))
              : null;
      if (curve == null) {
        throw new CryptoException();
      }
      return new ForeignKey(curve, make("EC", subjectPublicKeyInfo));
    } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
      throw new CryptoException();
    }
  }

  private static ForeignKey rsa(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    if (bits > LARGEST_MODULUS || key.getPublicExponent().bitLength() > LARGEST_EXPONENT) {
      throw new CryptoException();
    }
    return new ForeignKey("RSA_" + bits, key);
  }

  private static PublicKey make(String kind, byte[] subjectPublicKeyInfo)
      throws GeneralSecurityException {
    return Providers.fastest("KeyFactory", kind, KeyFactory::getInstance)
        .generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
  }

  /** Its kind as AWS's certificate services name it, for example {@code EC_prime256v1}. */
  public String algorithm() {
    return algorithm;
  }

  /** The length of an RSA modulus in bits; 0 for other keys. */
  public int modulusBits() {
    return key instanceof RSAPublicKey rsa ? rsa.getModulus().bitLength() : 0;
  }

  /** Whether signatures of the kind are checked at all; MD5 and SHA-1 are not among them. */
  public static boolean isKnown(AlgorithmIdentifier kind) {
    return SIGNATURES.containsKey(kind.getAlgorithm().getId()) || salted(kind) != null;
  }

  /** Whether it is this key's signature on the text. */
  public boolean verify(AlgorithmIdentifier kind, byte[] text, byte[] signature) {
    @Nullable String name = SIGNATURES.get(kind.getAlgorithm().getId());
    @Nullable PSSParameterSpec salted = salted(kind);
    if (name == null && salted == null) {
      return false;
    }
    try {
      Signature verifier = signature(name == null ? "RSASSA-PSS" : name);
      if (salted != null) {
        verifier.setParameter(salted);
      }
      verifier.initVerify(key);
      verifier.update(text);
      return verifier.verify(signature);
    } catch (GeneralSecurityException | RuntimeException malformed) {
      return false;
    }
  }

  /** What RSASSA-PSS is with; null when it is something else, or with a hash that is not SHA-2. */
  private static @Nullable PSSParameterSpec salted(AlgorithmIdentifier kind) {
    if (!kind.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)
        || kind.getParameters() == null) {
      return null;
    }
    RSASSAPSSparams parameters = RSASSAPSSparams.getInstance(kind.getParameters());
    String hash = HASHES.get(parameters.getHashAlgorithm().getAlgorithm());
    return hash == null
        ? null
        : new PSSParameterSpec(
            hash,
            "MGF1",
            new MGF1ParameterSpec(hash),
            parameters.getSaltLength().intValueExact(),
            PSSParameterSpec.TRAILER_FIELD_BC);
  }

  private static Signature signature(String name) throws GeneralSecurityException {
    return name.equals("ML-DSA")
        ? Providers.beyondJdk("Signature", name, Signature::getInstance)
        : Providers.fastest("Signature", name, Signature::getInstance);
  }

  @Override
  public String toString() {
    return "ForeignKey[" + algorithm + "]";
  }
}
