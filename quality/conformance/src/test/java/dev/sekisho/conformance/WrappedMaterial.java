package dev.sekisho.conformance;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.function.Consumer;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.ExpirationModelType;
import software.amazon.awssdk.services.kms.model.GetParametersForImportResponse;
import software.amazon.awssdk.services.kms.model.ImportKeyMaterialRequest;
import software.amazon.awssdk.services.kms.model.ImportKeyMaterialResponse;

/** Key material on its way to KMS, wrapped as a user would wrap it, with the JDK alone. */
final class WrappedMaterial {

  private WrappedMaterial() {}

  /** Imports material that does not expire, wrapped in the usual way. */
  static ImportKeyMaterialResponse bring(KmsClient kms, String key, byte[] material) {
    return bring(
        kms,
        key,
        material,
        "RSAES_OAEP_SHA_256",
        "RSA_2048",
        b -> b.expirationModel(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE));
  }

  static ImportKeyMaterialResponse bring(
      KmsClient kms,
      String key,
      byte[] material,
      String algorithm,
      String spec,
      Consumer<ImportKeyMaterialRequest.Builder> more) {
    GetParametersForImportResponse parameters =
        kms.getParametersForImport(
            b -> b.keyId(key).wrappingAlgorithm(algorithm).wrappingKeySpec(spec));
    byte[] wrapped = wrap(parameters.publicKey().asByteArray(), algorithm, material);
    return kms.importKeyMaterial(b ->
        b.keyId(key)
            .importToken(parameters.importToken())
            .encryptedKeyMaterial(SdkBytes.fromByteArray(wrapped))
            .applyMutation(more));
  }

  static byte[] wrap(byte[] publicKey, String algorithm, byte[] material) {
    try {
      PublicKey key =
          KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(publicKey));
      if (algorithm.startsWith("RSAES_OAEP")) {
        return oaep(key, algorithm, material);
      }
      byte[] aes = new byte[32];
      new SecureRandom().nextBytes(aes);
      Cipher wrapping = Cipher.getInstance("AES/KWP/NoPadding");
      wrapping.init(Cipher.WRAP_MODE, new SecretKeySpec(aes, "AES"));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(oaep(key, algorithm, aes));
      out.writeBytes(wrapping.wrap(new SecretKeySpec(material, "AES")));
      return out.toByteArray();
    } catch (GeneralSecurityException failed) {
      throw new AssertionError(failed);
    }
  }

  private static byte[] oaep(PublicKey key, String algorithm, byte[] material)
      throws GeneralSecurityException {
    boolean sha1 = algorithm.endsWith("SHA_1");
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        key,
        new OAEPParameterSpec(
            sha1 ? "SHA-1" : "SHA-256",
            "MGF1",
            sha1 ? MGF1ParameterSpec.SHA1 : MGF1ParameterSpec.SHA256,
            PSource.PSpecified.DEFAULT));
    return cipher.doFinal(material);
  }
}
