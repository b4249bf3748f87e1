package dev.sekisho.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The folder that holds one Sekisho's data: readable by its owner only, used by one process. */
public final class DataFolder implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes the folder, making it when there is none.
   *
   * @throws StoreOpenException when another process has it
   */
  public static DataFolder take(Path path) {
    FileChannel channel = null;
    try {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      channel =
          FileChannel.open(
              path.resolve("lock"),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new DataFolder(path, channel);
      }
    } catch (OverlappingFileLockException taken) {
      // The same refusal as for another process.
    } catch (IOException failed) {
      throw new UncheckedIOException("the data folder " + path + " cannot be used", failed);
    }
    throw new StoreOpenException(
        "the data folder "
            + path
            + " is in use by another Sekisho; stop it, or give this one a folder of its own with"
            + " --data");
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failed) {
      throw new UncheckedIOException("the data folder's lock was not released", failed);
    }
  }
}
