package dev.sekisho.s3;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * The files that hold what objects consist of, each under a name of its own that is never used
 * again.
 *
 * <p>INVARIANT: a file belongs to an object only once a row of the store says so, and no row does
 * before the file is whole and on disk, its entry in the folder too. So neither a crash nor a
 * refused call leaves half an object; what no row speaks of is removed at the next start.
 */
final class ObjectFiles {

  private static final int NAME = 16;
  private static final int FOLDER = 2;
  private static final int FOLDERS = 256;

  private final Path objects;
  private final Randomness randomness;
  private final Executor removals;

  /** Written and not yet known to belong to anything. */
  private final Set<String> pending = ConcurrentHashMap.newKeySet();

  /** How many are being read, and those to be removed after the last of its readers. */
  private final ConcurrentHashMap<String, Integer> readers = new ConcurrentHashMap<>();

  private final Set<String> doomed = ConcurrentHashMap.newKeySet();

  /**
   * @param folder made when it is not there; used by nobody else
   * @param removals removes files, for which nobody has to wait
   */
  ObjectFiles(Path folder, Randomness randomness, Executor removals) {
    this.objects = folder.resolve("objects");
    this.randomness = randomness;
    this.removals = removals;
    makeFolder(objects);
    for (int i = 0; i < FOLDERS; i++) {
      makeFolder(objects.resolve(folder(i)));
    }
    sync(objects);
    sync(folder);
  }

  private static String folder(int number) {
    return HexFormat.of().toHexDigits((byte) number);
  }

  private static void makeFolder(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("the folder " + path + " cannot be made", failed);
    }
  }

  /** A name for a new file, or for what shares a key. */
  String newName() {
    return HexFormat.of().formatHex(randomness.bytes(NAME));
  }

  /** Begins a file; it is there once the writer's {@link SealedFileWriter#finish} returns. */
  SealedFileWriter begin(Secret key) {
    String name = newName();
    try {
      FileChannel channel =
          FileChannel.open(
              path(name),
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return new SealedFileWriter(this, name, channel, key);
    } catch (IOException failed) {
      throw StorageTrouble.of(failed);
    }
  }

  /** Brings the entry of a whole file to disk. */
  void place(String name) {
    pending.add(name);
    sync(objects.resolve(name.substring(0, FOLDER)));
  }

  /** Removes a file that was begun and not finished. */
  void abandon(String name) {
    remove(path(name));
  }

  /** The files belong to something from now on: a transaction that says so is on disk. */
  void keep(Collection<String> names) {
    pending.removeAll(names);
  }

  /** Opens a file for reading at any place. */
  FileChannel open(String name) throws IOException {
    return FileChannel.open(path(name), StandardOpenOption.READ);
  }

  private Path path(String name) {
    return objects.resolve(name.substring(0, FOLDER)).resolve(name);
  }

  /** Keeps files from being removed while they are read, until {@link #release}. */
  void hold(Collection<String> names) {
    names.forEach(name -> readers.merge(name, 1, Integer::sum));
  }

  /** Ends a {@link #hold}. */
  void release(Collection<String> names) {
    for (String name : names) {
      readers.compute(
          name,
          (_, count) -> {
            if (count != null && count > 1) {
              return count - 1;
            }
            if (doomed.remove(name)) {
              removals.execute(() -> remove(path(name)));
            }
            return null;
          });
    }
  }

  /** Removes files that belong to nothing any more, those being read after their last reader. */
  void delete(Collection<String> names) {
    for (String name : names) {
      pending.remove(name);
      readers.compute(
          name,
          (_, count) -> {
            if (count == null) {
              removals.execute(() -> remove(path(name)));
            } else {
              doomed.add(name);
            }
            return count;
          });
    }
  }

  /**
   * Removes what a crash has left: whatever belongs to nothing. Only before the first call is
   * served.
   *
   * @param used those of the names that belong to something
   */
  void sweepAtStart(UnaryOperator<Set<String>> used) {
    for (int i = 0; i < FOLDERS; i++) {
      Set<String> names = new HashSet<>();
      list(objects.resolve(folder(i))).forEach(file -> names.add(file.getFileName().toString()));
      if (!names.isEmpty()) {
        Set<String> unused = new HashSet<>(names);
        unused.removeAll(used.apply(names));
        unused.forEach(name -> remove(path(name)));
      }
    }
  }

  /** Those that were finished and of which nobody said since that they belong to something. */
  Set<String> pending() {
    return new HashSet<>(pending);
  }

  private static List<Path> list(Path folder) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(files::add);
    } catch (IOException failed) {
      throw new UncheckedIOException("the folder " + folder + " cannot be read", failed);
    }
    return files;
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failed) {
      throw new UncheckedIOException("the file " + file + " cannot be removed", failed);
    }
  }

  private static void sync(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException failed) {
      throw new UncheckedIOException("the folder " + folder + " cannot be synced", failed);
    }
  }
}
