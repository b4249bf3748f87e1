package dev.sekisho.crypto;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * An RSA public key as SSH writes it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4253#section-6.6">RFC 4253, section 6.6</a>
 */
public final class SshPublicKey {

  private static final String TYPE = "ssh-rsa";

  private final RSAPublicKey key;
  private final byte[] blob;

  private SshPublicKey(RSAPublicKey key) {
    this.key = key;
    try {
      this.blob =
          OpenSSHPublicKeyUtil.encodePublicKey(
              new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent()));
    } catch (IOException impossible) {
      throw new IllegalArgumentException("an RSA key could not be written as SSH does");
    }
  }

  /**
   * Reads a key in SSH's form ({@code ssh-rsa …}) or in PEM.
   *
   * @throws IllegalArgumentException when it is neither, or not an RSA key
   */
  public static SshPublicKey parse(String text) {
    try {
      String trimmed = text.strip();
      return new SshPublicKey(trimmed.startsWith("-----") ? fromPem(trimmed) : fromSsh(trimmed));
    } catch (IOException | GeneralSecurityException | RuntimeException unreadable) {
      throw new IllegalArgumentException("not an RSA public key");
    }
  }

  private static RSAPublicKey fromPem(String text) throws IOException, GeneralSecurityException {
    try (PemReader reader = new PemReader(new StringReader(text))) {
      PemObject pem = reader.readPemObject();
      if (pem == null || !pem.getType().equals("PUBLIC KEY") || reader.readPemObject() != null) {
        throw new IllegalArgumentException("not a public key in PEM");
      }
      return (RSAPublicKey)
          KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(pem.getContent()));
    }
  }

  private static RSAPublicKey fromSsh(String text) throws GeneralSecurityException {
    List<String> parts = List.of(text.split("[ \\t]+", 3));
    if (parts.size() < 2 || !parts.getFirst().equals(TYPE)) {
      throw new IllegalArgumentException("not an RSA key of SSH");
    }
    RSAKeyParameters parsed =
        (RSAKeyParameters)
            OpenSSHPublicKeyUtil.parsePublicKey(Base64.getDecoder().decode(parts.get(1)));
    return (RSAPublicKey)
        KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(parsed.getModulus(), parsed.getExponent()));
  }

  /** The length of the modulus. */
  public int bits() {
    return key.getModulus().bitLength();
  }

  /** In SSH's form, without a comment. */
  public String ssh() {
    return TYPE + ' ' + Base64.getEncoder().encodeToString(blob);
  }

  /** In PEM. */
  public String pem() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
        + "\n-----END PUBLIC KEY-----";
  }

  /**
   * The MD5 of the key in SSH's form, as {@code ssh-keygen -E md5 -l} prints it: a name for the
   * key, which protects nothing.
   */
  public String fingerprint() {
    try {
      return HexFormat.ofDelimiter(":").formatHex(MessageDigest.getInstance("MD5").digest(blob));
    } catch (GeneralSecurityException missing) {
      throw new IllegalArgumentException("this Java lacks MD5");
    }
  }
}
