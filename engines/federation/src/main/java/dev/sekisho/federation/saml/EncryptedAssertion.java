package dev.sekisho.federation.saml;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/**
 * Opens an assertion that was encrypted for us.
 *
 * @see <a href="https://www.w3.org/TR/xmlenc-core1/">XML Encryption 1.1</a>
 */
final class EncryptedAssertion {

  private static final String ENCRYPTION_11 = "http://www.w3.org/2009/xmlenc11#";

  private static final Map<String, String> DIGESTS =
      Map.of(
          SamlNames.SIGNATURE + "sha1", "SHA-1",
          SamlNames.ENCRYPTION + "sha256", "SHA-256",
          SamlNames.ENCRYPTION + "sha512", "SHA-512");

  private static final Map<String, MGF1ParameterSpec> MASKS =
      Map.of(
          ENCRYPTION_11 + "mgf1sha1", MGF1ParameterSpec.SHA1,
          ENCRYPTION_11 + "mgf1sha256", MGF1ParameterSpec.SHA256,
          ENCRYPTION_11 + "mgf1sha512", MGF1ParameterSpec.SHA512);

  private EncryptedAssertion() {}

  /** The assertion inside, read but not verified. */
  static Element open(Element encrypted, List<PrivateKey> keys) throws RejectedSaml {
    Element data = SafeXml.requiredChild(encrypted, SamlNames.ENCRYPTION, "EncryptedData");
    Element wrapped = wrappedKey(encrypted, data);
    for (PrivateKey key : keys) {
      try {
        byte[] clear = decrypt(data, unwrap(wrapped, key));
        return SafeXml.parse(new InputSource(new ByteArrayInputStream(clear)), false)
            .getDocumentElement();
      } catch (GeneralSecurityException | IllegalArgumentException notThisKey) {
        // INVARIANT: whoever sends it learns nothing of where opening it failed.
      }
    }
    throw refused();
  }

  private static RejectedSaml refused() {
    return new RejectedSaml(RejectedSaml.Reason.ENCRYPTION, "the assertion cannot be decrypted");
  }

  private static Element wrappedKey(Element encrypted, Element data) throws RejectedSaml {
    Element info = SafeXml.child(data, SamlNames.SIGNATURE, "KeyInfo");
    Element inside =
        info == null ? null : SafeXml.child(info, SamlNames.ENCRYPTION, "EncryptedKey");
    return inside != null
        ? inside
        : SafeXml.requiredChild(encrypted, SamlNames.ENCRYPTION, "EncryptedKey");
  }

  private static byte[] unwrap(Element wrapped, PrivateKey key)
      throws RejectedSaml, GeneralSecurityException {
    Element method = SafeXml.requiredChild(wrapped, SamlNames.ENCRYPTION, "EncryptionMethod");
    String algorithm = SafeXml.attribute(method, "Algorithm");
    boolean older = (SamlNames.ENCRYPTION + "rsa-oaep-mgf1p").equals(algorithm);
    if (!older && !(ENCRYPTION_11 + "rsa-oaep").equals(algorithm)) {
      throw refused();
    }
    String digest =
        algorithm(SafeXml.child(method, SamlNames.SIGNATURE, "DigestMethod"), DIGESTS, "SHA-1");
    MGF1ParameterSpec mask =
        older
            ? MGF1ParameterSpec.SHA1
            : algorithm(SafeXml.child(method, ENCRYPTION_11, "MGF"), MASKS, MGF1ParameterSpec.SHA1);
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        key,
        new OAEPParameterSpec(digest, "MGF1", mask, PSource.PSpecified.DEFAULT));
    return cipher.doFinal(value(wrapped));
  }

  private static <T> T algorithm(@Nullable Element method, Map<String, T> known, T usual)
      throws RejectedSaml {
    if (method == null) {
      return usual;
    }
    T found = known.get(String.valueOf(SafeXml.attribute(method, "Algorithm")));
    if (found == null) {
      throw refused();
    }
    return found;
  }

  private static byte[] decrypt(Element data, byte[] key)
      throws RejectedSaml, GeneralSecurityException {
    String algorithm =
        String.valueOf(
            SafeXml.attribute(
                SafeXml.requiredChild(data, SamlNames.ENCRYPTION, "EncryptionMethod"),
                "Algorithm"));
    byte[] value = value(data);
    boolean authenticated = algorithm.matches(ENCRYPTION_11 + "aes(128|192|256)-gcm");
    if (!authenticated && !algorithm.matches(SamlNames.ENCRYPTION + "aes(128|192|256)-cbc")) {
      throw refused();
    }
    int vector = authenticated ? 12 : 16;
    if (value.length <= vector
        || key.length * 8 != Integer.parseInt(algorithm.replaceAll(".*aes(\\d+)-.*", "$1"))) {
      throw refused();
    }
    byte[] start = Arrays.copyOf(value, vector);
    byte[] rest = Arrays.copyOfRange(value, vector, value.length);
    Cipher cipher = Cipher.getInstance(authenticated ? "AES/GCM/NoPadding" : "AES/CBC/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key, "AES"),
        authenticated ? new GCMParameterSpec(128, start) : new IvParameterSpec(start));
    byte[] clear = cipher.doFinal(rest);
    return authenticated ? clear : unpadded(clear);
  }

  /** The last byte says how many there are too many. */
  private static byte[] unpadded(byte[] padded) throws RejectedSaml {
    int padding = padded.length == 0 ? 0 : padded[padded.length - 1];
    if (padding < 1 || padding > 16) {
      throw refused();
    }
    return Arrays.copyOf(padded, padded.length - padding);
  }

  private static byte[] value(Element encrypted) throws RejectedSaml {
    Element data = SafeXml.requiredChild(encrypted, SamlNames.ENCRYPTION, "CipherData");
    return Base64.getMimeDecoder()
        .decode(SafeXml.text(SafeXml.requiredChild(data, SamlNames.ENCRYPTION, "CipherValue")));
  }
}
