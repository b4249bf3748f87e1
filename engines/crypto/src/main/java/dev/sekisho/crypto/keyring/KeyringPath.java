package dev.sekisho.crypto.keyring;

import dev.sekisho.core.Randomness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The keyring's file on the disk, readable by its owner only. INVARIANT: whoever reads it, and
 * whatever crashes, finds a whole keyring: the old one or the new one.
 */
public record KeyringPath(Path path, Randomness randomness) {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final int LONGEST = 1 << 20;

  public boolean exists() {
    return Files.exists(path);
  }

  /**
   * The file's text.
   *
   * @throws UnsealException when it cannot be read or others may read it
   */
  public String read() {
    try {
      if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path))) {
        throw new UnsealException(
            "the keyring " + path + " must be readable by its owner only: chmod 600 " + path);
      }
      if (Files.size(path) > LONGEST) {
        throw new UnsealException("the keyring " + path + " is damaged: it is far too long");
      }
      return Files.readString(path, StandardCharsets.ISO_8859_1);
    } catch (IOException failed) {
      throw new UnsealException("the keyring " + path + " cannot be read: " + failed, failed);
    }
  }

  /** Writes a file that is not there yet; when another process was quicker, its file stays. */
  public void create(String text) {
    try {
      Path draft = draft(text);
      // A link, unlike a move, never replaces a keyring that another process made meanwhile.
      try {
        Files.createLink(path, draft);
      } catch (FileAlreadyExistsException quicker) {
        // The other process's keyring is the one.
      } finally {
        Files.delete(draft);
      }
      keepName();
    } catch (IOException failed) {
      throw new UnsealException("the keyring " + path + " cannot be written: " + failed, failed);
    }
  }

  /** Puts another text in the place of the file's. */
  public void replace(String text) {
    try {
      Files.move(
          draft(text), path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      keepName();
    } catch (IOException failed) {
      throw new UnsealException("the keyring " + path + " cannot be written: " + failed, failed);
    }
  }

  // A draft of its own, for another process may be writing the same keyring.
  private Path draft(String text) throws IOException {
    Path draft = path.resolveSibling(path.getFileName() + ".new-" + randomness.uuid());
    try (FileChannel channel =
        FileChannel.open(
            draft,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    return draft;
  }

  // Without it a power cut could take the new name back.
  private void keepName() throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Held by whoever changes the keyring: two changes at once could lose a key. */
  public static final class Change implements AutoCloseable {

    private final FileChannel channel;

    private Change(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException failed) {
        throw new UnsealException("the keyring's lock was not released", failed);
      }
    }
  }

  /**
   * Takes the right to change the keyring.
   *
   * @throws UnsealException when another process has it
   */
  public Change change() {
    try {
      FileChannel channel =
          FileChannel.open(
              path.resolveSibling(path.getFileName() + ".lock"),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return new Change(channel);
        }
      } catch (OverlappingFileLockException taken) {
        // The same refusal as for another process.
      }
      channel.close();
    } catch (IOException failed) {
      throw new UnsealException("the keyring's lock cannot be taken: " + failed, failed);
    }
    throw new UnsealException("another command is changing the keyring " + path);
  }
}
