package dev.sekisho.crypto;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A keyring in a file that only its owner may read: the default where there is no HSM.
 *
 * <p>One line per key, {@code number:base64}; the last line is the current key. Whoever can read
 * the file can open everything: see docs/security.md.
 */
public final class FileKeyring {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private FileKeyring() {}

  /**
   * Opens the keyring, or makes one when there is none.
   *
   * @throws IllegalStateException when the file is readable by others or is not a keyring
   */
  public static Keyring open(Path file, Randomness randomness) {
    try {
      if (!Files.exists(file)) {
        create(file, randomness);
      }
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (!OWNER_ONLY.containsAll(permissions)) {
        throw new IllegalStateException(
            "the keyring " + file + " must be readable by its owner only: chmod 600 " + file);
      }
      return parse(file, Files.readAllLines(file, StandardCharsets.US_ASCII), randomness);
    } catch (IOException failed) {
      throw new UncheckedIOException("the keyring " + file + " cannot be read", failed);
    }
  }

  private static Keyring parse(Path file, List<String> lines, Randomness randomness) {
    Map<Integer, Secret> keys = new HashMap<>();
    int current = 0;
    try {
      for (String line : lines) {
        if (!line.isBlank() && !line.startsWith("#")) {
          int colon = line.indexOf(':');
          current = Integer.parseInt(line.substring(0, colon));
          keys.put(current, Secret.of(Base64.getDecoder().decode(line.substring(colon + 1))));
        }
      }
      return new Keyring(keys, current, randomness);
    } catch (IllegalArgumentException | IndexOutOfBoundsException notAKeyring) {
      // The cause could quote a key, so it does not travel.
      throw new IllegalStateException(
          "the keyring "
              + file
              + " is damaged; restore it from a backup, for without it the data"
              + " cannot be opened");
    }
  }

  private static void create(Path file, Randomness randomness) throws IOException {
    FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    String line =
        "# Sekisho root keys. Keep this file secret and backed up.\n1:"
            + Base64.getEncoder().encodeToString(randomness.bytes(AuthenticatedEncryption.KEY))
            + "\n";
    // A draft of its own, for another process may be making the same keyring.
    Path draft = file.resolveSibling(file.getFileName() + ".new-" + randomness.uuid());
    try (FileChannel channel =
        FileChannel.open(
            draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
      channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
      channel.force(true);
    }
    // A link, unlike a move, never replaces a keyring that another process made meanwhile.
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException quicker) {
      // The other process's keyring is the one.
    } finally {
      Files.delete(draft);
    }
  }
}
