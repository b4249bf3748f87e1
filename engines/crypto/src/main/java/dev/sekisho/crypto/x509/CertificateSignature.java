package dev.sekisho.crypto.x509;

import dev.sekisho.crypto.AsymmetricKey;
import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.crypto.MessageType;
import dev.sekisho.crypto.Signatures;
import dev.sekisho.crypto.SigningAlgorithm;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.ContentSigner;

/**
 * How a certificate is signed; the names are those AWS's certificate services give them.
 *
 * <p>SM2 is not among them: AWS has it in its Chinese Regions only, and Java checks no paths by it.
 */
public enum CertificateSignature {
  SHA256WITHRSA(
      SigningAlgorithm.RSASSA_PKCS1_V1_5_SHA_256, PKCSObjectIdentifiers.sha256WithRSAEncryption),
  SHA384WITHRSA(
      SigningAlgorithm.RSASSA_PKCS1_V1_5_SHA_384, PKCSObjectIdentifiers.sha384WithRSAEncryption),
  SHA512WITHRSA(
      SigningAlgorithm.RSASSA_PKCS1_V1_5_SHA_512, PKCSObjectIdentifiers.sha512WithRSAEncryption),
  SHA256WITHRSA_PSS(SigningAlgorithm.RSASSA_PSS_SHA_256, PKCSObjectIdentifiers.id_RSASSA_PSS),
  SHA384WITHRSA_PSS(SigningAlgorithm.RSASSA_PSS_SHA_384, PKCSObjectIdentifiers.id_RSASSA_PSS),
  SHA512WITHRSA_PSS(SigningAlgorithm.RSASSA_PSS_SHA_512, PKCSObjectIdentifiers.id_RSASSA_PSS),
  SHA256WITHECDSA(SigningAlgorithm.ECDSA_SHA_256, X9ObjectIdentifiers.ecdsa_with_SHA256),
  SHA384WITHECDSA(SigningAlgorithm.ECDSA_SHA_384, X9ObjectIdentifiers.ecdsa_with_SHA384),
  SHA512WITHECDSA(SigningAlgorithm.ECDSA_SHA_512, X9ObjectIdentifiers.ecdsa_with_SHA512),
  ML_DSA_44(SigningAlgorithm.ML_DSA_SHAKE_256, NISTObjectIdentifiers.id_ml_dsa_44),
  ML_DSA_65(SigningAlgorithm.ML_DSA_SHAKE_256, NISTObjectIdentifiers.id_ml_dsa_65),
  ML_DSA_87(SigningAlgorithm.ML_DSA_SHAKE_256, NISTObjectIdentifiers.id_ml_dsa_87);

  private final SigningAlgorithm algorithm;

  /** Text, for an enum is immutable. */
  private final String identifier;

  CertificateSignature(SigningAlgorithm algorithm, ASN1ObjectIdentifier identifier) {
    this.algorithm = algorithm;
    this.identifier = identifier.getId();
  }

  /** Whether keys of the kind can sign so. */
  public boolean fits(KeyPairSpec spec) {
    return switch (spec) {
      case RSA_2048, RSA_3072, RSA_4096 -> name().contains("WITHRSA");
      case ECC_NIST_P256, ECC_NIST_P384, ECC_NIST_P521 -> name().endsWith("WITHECDSA");
      case ML_DSA_44 -> this == ML_DSA_44;
      case ML_DSA_65 -> this == ML_DSA_65;
      case ML_DSA_87 -> this == ML_DSA_87;
      case ECC_SECG_P256K1, SM2, ECC_NIST_EDWARDS25519, ML_KEM_512, ML_KEM_768, ML_KEM_1024 ->
          false;
    };
  }

  /** Signs by the key what is written to it. For one text only. */
  ContentSigner by(AsymmetricKey key) {
    return new ContentSigner() {
      private final ByteArrayOutputStream text = new ByteArrayOutputStream(1_024);

      @Override
      public AlgorithmIdentifier getAlgorithmIdentifier() {
        return identifier();
      }

      @Override
      public OutputStream getOutputStream() {
        return text;
      }

      @Override
      public byte[] getSignature() {
        return Signatures.sign(key, algorithm, MessageType.RAW, text.toByteArray());
      }
    };
  }

  private AlgorithmIdentifier identifier() {
    // RFC 4055 says in the identifier of PSS what it is with, and wants NULL behind RSA's
    // identifiers; the others have no parameters at all.
    return switch (this) {
      case SHA256WITHRSA, SHA384WITHRSA, SHA512WITHRSA ->
          new AlgorithmIdentifier(new ASN1ObjectIdentifier(identifier), DERNull.INSTANCE);
      case SHA256WITHRSA_PSS -> RsaPssIdentifier.of(NISTObjectIdentifiers.id_sha256, 32);
      case SHA384WITHRSA_PSS -> RsaPssIdentifier.of(NISTObjectIdentifiers.id_sha384, 48);
      case SHA512WITHRSA_PSS -> RsaPssIdentifier.of(NISTObjectIdentifiers.id_sha512, 64);
      case SHA256WITHECDSA, SHA384WITHECDSA, SHA512WITHECDSA, ML_DSA_44, ML_DSA_65, ML_DSA_87 ->
          new AlgorithmIdentifier(new ASN1ObjectIdentifier(identifier));
    };
  }
}
