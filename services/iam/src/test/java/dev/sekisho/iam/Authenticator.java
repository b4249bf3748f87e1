package dev.sekisho.iam;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** A FIDO2 authenticator in software, with its browser: one credential on P-256. */
final class Authenticator {

  private static final int PRESENT = 0x01;
  private static final int CREDENTIAL = 0x40;

  private final KeyPair pair;
  private final byte[] id = People.RANDOM.bytes(32);
  int count;
  int flags = PRESENT;

  Authenticator() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    pair = generator.generateKeyPair();
  }

  String id() {
    return base64(id);
  }

  /** What the browser sends to register. */
  String registration(SecurityKeys.RelyingParty party, String challenge) throws Exception {
    byte[] data = authenticatorData(party, true);
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    object.write(0xa3);
    text(object, "fmt");
    text(object, "none");
    text(object, "attStmt");
    object.write(0xa0);
    text(object, "authData");
    object.write(0x58);
    object.write(data.length);
    object.write(data);
    return """
    {"id":"%s","rawId":"%s","type":"public-key","clientExtensionResults":{},
    "response":{"clientDataJSON":"%s","attestationObject":"%s","transports":["usb"]}}\
    """
        .formatted(
            base64(id),
            base64(id),
            base64(client("webauthn.create", party, challenge)),
            base64(object.toByteArray()));
  }

  /** What the browser sends to sign in. */
  String assertion(SecurityKeys.RelyingParty party, String challenge) throws Exception {
    count++;
    byte[] data = authenticatorData(party, false);
    byte[] client = client("webauthn.get", party, challenge);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate());
    signature.update(data);
    signature.update(sha256(client));
    return """
    {"id":"%s","rawId":"%s","type":"public-key","clientExtensionResults":{},
    "response":{"clientDataJSON":"%s","authenticatorData":"%s","signature":"%s"}}\
    """
        .formatted(base64(id), base64(id), base64(client), base64(data), base64(signature.sign()));
  }

  private byte[] authenticatorData(SecurityKeys.RelyingParty party, boolean withKey)
      throws Exception {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.write(sha256(party.id().getBytes(StandardCharsets.UTF_8)));
    data.write(withKey ? flags | CREDENTIAL : flags);
    data.write(ByteBuffer.allocate(4).putInt(count).array());
    if (withKey) {
      data.write(new byte[16]);
      data.write(new byte[] {0, (byte) id.length});
      data.write(id);
      ECPublicKey key = (ECPublicKey) pair.getPublic();
      data.write(new byte[] {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32});
      data.write(unsigned(key.getW().getAffineX()));
      data.write(new byte[] {0x22, 0x58, 32});
      data.write(unsigned(key.getW().getAffineY()));
    }
    return data.toByteArray();
  }

  private static byte[] client(String type, SecurityKeys.RelyingParty party, String challenge) {
    return """
    {"type":"%s","challenge":"%s","origin":"%s","crossOrigin":false}\
    """
        .formatted(type, challenge, party.origin())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void text(ByteArrayOutputStream out, String text) throws Exception {
    out.write(0x60 + text.length());
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return fixed;
  }

  private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
