package dev.sekisho.server;

import dev.sekisho.core.Secret;
import dev.sekisho.crypto.keyring.HsmToken;
import dev.sekisho.crypto.keyring.RootAccess;
import dev.sekisho.crypto.keyring.UnsealException;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the command line says that the passphrase and the PIN are: in a file, on an open
 * descriptor, or, when it says nothing, with the person at the terminal. Never on the command line
 * itself or in the environment, where other programs see them.
 *
 * @param prefix what the options' names begin with
 * @param passphraseFile a file or descriptor to read the passphrase from; null to ask
 * @param module the PKCS#11 library
 * @param slot the token's slot; null for the first one
 * @param pin a file or descriptor to read the PIN from; null to ask
 */
record RootOptions(
    String prefix,
    @Nullable Path passphraseFile,
    @Nullable Path module,
    @Nullable Long slot,
    @Nullable Path pin)
    implements RootAccess {

  private static final int SHORTEST = 12;
  private static final int LONGEST = 4_096;

  static RootOptions none(String prefix) {
    return new RootOptions(prefix, null, null, null, null);
  }

  /** The same with one more option, or null when it is none of these. */
  @Nullable RootOptions with(String name, String value) {
    if (!name.startsWith(prefix)) {
      return null;
    }
    return switch (name.substring(prefix.length())) {
      case "passphrase-file" -> new RootOptions(prefix, Path.of(value), module, slot, pin);
      case "passphrase-fd" -> new RootOptions(prefix, descriptor(name, value), module, slot, pin);
      case "hsm-module" ->
          new RootOptions(prefix, passphraseFile, Path.of(value).toAbsolutePath(), slot, pin);
      case "hsm-slot" -> new RootOptions(prefix, passphraseFile, module, number(name, value), pin);
      case "hsm-pin-file" -> new RootOptions(prefix, passphraseFile, module, slot, Path.of(value));
      case "hsm-pin-fd" ->
          new RootOptions(prefix, passphraseFile, module, slot, descriptor(name, value));
      default -> null;
    };
  }

  private static Path descriptor(String name, String value) {
    return Path.of("/dev/fd/" + number(name, value));
  }

  private static long number(String name, String value) {
    try {
      return Long.parseUnsignedLong(value);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(name + " takes a number, not " + value);
    }
  }

  /** Whether a token of its own is named. */
  boolean namesToken() {
    return module != null || slot != null || pin != null;
  }

  /** Whatever these options lack, from others. */
  RootOptions orElse(RootOptions others) {
    return new RootOptions(
        prefix,
        passphraseFile == null ? others.passphraseFile : passphraseFile,
        module == null ? others.module : module,
        slot == null ? others.slot : slot,
        pin == null ? others.pin : pin);
  }

  @Override
  public Secret passphrase() {
    return passphraseFile == null
        ? ask("The keyring's passphrase: ", "passphrase")
        : read(passphraseFile, "passphrase");
  }

  @Override
  public Secret newPassphrase() {
    Secret chosen;
    if (passphraseFile == null) {
      chosen = ask("A new passphrase for the keyring: ", "passphrase");
      if (!chosen.equals(ask("The same again: ", "passphrase"))) {
        throw new UnsealException("the two passphrases differ; nothing was changed");
      }
    } else {
      chosen = read(passphraseFile, "passphrase");
    }
    if (chosen.revealText().length() < SHORTEST) {
      throw new UnsealException(
          "a passphrase has at least " + SHORTEST + " characters; nothing was changed");
    }
    return chosen;
  }

  @Override
  public HsmToken token() {
    if (module == null) {
      throw new UnsealException(
          "the root key is in an HSM: name its PKCS#11 library with " + prefix + "hsm-module");
    }
    return new HsmToken(
        module, slot, pin == null ? ask("The HSM's PIN: ", "hsm-pin") : read(pin, "PIN"));
  }

  // There is none in a process that was started without a terminal, whatever the check says.
  @SuppressWarnings("SystemConsoleNull")
  private Secret ask(String prompt, String option) {
    Console console = System.console();
    char[] typed =
        console != null && console.isTerminal() ? console.readPassword("%s", prompt) : null;
    if (typed == null) {
      throw new UnsealException(
          "the keyring needs a secret and there is no terminal to ask at: name a file with "
              + prefix
              + option
              + "-file or an open descriptor with "
              + prefix
              + option
              + "-fd");
    }
    try {
      return Secret.of(new String(typed));
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  /** The first line: editors and echo end it with a line feed, which is none of the secret. */
  private static Secret read(Path file, String what) {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LONGEST + 1);
    } catch (IOException failed) {
      throw new UnsealException("the " + what + " cannot be read from " + file, failed);
    }
    int length = 0;
    while (length < bytes.length && bytes[length] != '\n' && bytes[length] != '\r') {
      length++;
    }
    byte[] line = Arrays.copyOf(bytes, length);
    try {
      if (length == 0 || length > LONGEST) {
        throw new UnsealException(file + " does not begin with a line that could be the " + what);
      }
      return Secret.of(line);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(line, (byte) 0);
    }
  }
}
