package dev.sekisho.kms;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Secret;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.AsymmetricKey;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.crypto.KeyPairs;
import dev.sekisho.crypto.KeyWrapping;
import dev.sekisho.crypto.Keyring;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;

/**
 * Import tokens: each carries, sealed, the private key that its material is wrapped for, so that
 * nothing has to be kept for imports that never come.
 */
final class ImportTokens {

  private static final String PURPOSE = "kms/import-token";

  /**
   * What a token says.
   *
   * @param pair what the material is wrapped for
   */
  record Token(KeyName key, KeyWrapping wrapping, Instant validTo, AsymmetricKey pair) {}

  private final Keyring keyring;

  ImportTokens(Keyring keyring) {
    this.keyring = keyring;
  }

  Blob seal(Token token) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] pkcs8 = token.pair().pkcs8().reveal();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(token.key().arn());
      out.writeUTF(token.wrapping().name());
      out.writeLong(token.validTo().toEpochMilli());
      out.writeUTF(token.pair().spec().name());
      out.writeShort(pkcs8.length);
      out.write(pkcs8);
      out.write(token.pair().subjectPublicKeyInfo().bytes());
    } catch (IOException impossible) {
      throw new IllegalStateException("memory cannot be written to", impossible);
    }
    byte[] open = bytes.toByteArray();
    try {
      return Blob.of(keyring.seal(PURPOSE, open));
    } finally {
      Arrays.fill(open, (byte) 0);
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  /**
   * Reads a token.
   *
   * @throws ServiceException InvalidImportTokenException when it is not one for the key,
   *     ExpiredImportTokenException when its time is over
   */
  Token open(Blob sealed, KeyName key, Instant now) {
    byte[] open = opened(sealed);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(open))) {
      if (!in.readUTF().equals(key.arn())) {
        throw KmsErrors.invalidImportToken();
      }
      KeyWrapping wrapping = KeyWrapping.valueOf(in.readUTF());
      Instant validTo = Instant.ofEpochMilli(in.readLong());
      if (!validTo.isAfter(now)) {
        throw new ServiceException("ExpiredImportTokenException", 400, "Import token has expired.");
      }
      KeyPairSpec spec = KeyPairSpec.valueOf(in.readUTF());
      byte[] pkcs8 = in.readNBytes(in.readUnsignedShort());
      Blob publicKey = Blob.of(in.readAllBytes());
      AsymmetricKey pair = KeyPairs.read(spec, Secret.of(pkcs8), publicKey);
      Arrays.fill(pkcs8, (byte) 0);
      return new Token(key, wrapping, validTo, pair);
    } catch (IOException impossible) {
      throw new IllegalStateException("what was sealed here is cut short", impossible);
    } finally {
      Arrays.fill(open, (byte) 0);
    }
  }

  private byte[] opened(Blob sealed) {
    try {
      return keyring.open(PURPOSE, sealed.bytes());
    } catch (CryptoException notOurs) {
      throw KmsErrors.invalidImportToken();
    }
  }
}
