package dev.sekisho.crypto.keyring;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.Keyring;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Map;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** A root key in this process's memory: from the file, or made from a passphrase. */
final class LocalRootKey implements RootKey {

  private static final int LENGTH = 32;

  private final RootForm form;
  private final Keyring sealing;

  private LocalRootKey(RootForm form, Secret key, Randomness randomness) {
    this.form = form;
    this.sealing = new Keyring(Map.of(1, key), 1, randomness);
  }

  static LocalRootKey of(RootForm.InFile form, Randomness randomness) {
    return new LocalRootKey(form, form.key(), randomness);
  }

  /** The key in a new file. */
  static LocalRootKey make(Randomness randomness) {
    return of(new RootForm.InFile(Secret.of(randomness.bytes(LENGTH))), randomness);
  }

  static LocalRootKey of(RootForm.FromPassphrase form, Secret passphrase, Randomness randomness) {
    byte[] salt = form.salt().bytes();
    // The same passphrase, whichever way a keyboard composes its letters.
    byte[] words =
        Normalizer.normalize(passphrase.revealText(), Normalizer.Form.NFC)
            .getBytes(StandardCharsets.UTF_8);
    byte[] key = new byte[LENGTH];
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(form.kibibytes())
              .withIterations(form.iterations())
              .withParallelism(form.lanes())
              .withSalt(salt)
              .build());
      generator.generateBytes(words, key);
      return new LocalRootKey(form, Secret.of(key), randomness);
    } finally {
      Arrays.fill(words, (byte) 0);
      Arrays.fill(key, (byte) 0);
    }
  }

  /** A key from a passphrase with a new salt. */
  static LocalRootKey make(Secret passphrase, Randomness randomness) {
    return of(RootForm.FromPassphrase.usual(Blob.of(randomness.bytes(16))), passphrase, randomness);
  }

  @Override
  public RootForm form() {
    return form;
  }

  @Override
  public byte[] seal(String purpose, byte[] plaintext) {
    return sealing.seal(purpose, plaintext);
  }

  @Override
  public byte[] open(String purpose, byte[] sealed) {
    return sealing.open(purpose, sealed);
  }

  @Override
  public void close() {
    // Held by nothing but memory.
  }
}
