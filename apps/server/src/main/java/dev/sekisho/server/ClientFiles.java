package dev.sekisho.server;

import dev.sekisho.iam.RootUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The files by which AWS's clients find Sekisho: {@code credentials}, written when they are made,
 * and {@code config}, written at each start, both readable by their owner only.
 */
final class ClientFiles {

  private final Path folder;

  ClientFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes the root user's credentials. */
  void credentials(RootUser.Credentials credentials) {
    replace(
        "credentials",
        "[sekisho]\naws_access_key_id = "
            + credentials.accessKeyId()
            + "\naws_secret_access_key = "
            + credentials.secretAccessKey().revealText()
            + "\n");
  }

  /** Writes where Sekisho is. */
  void config(String region, URI address) {
    replace(
        "config", "[profile sekisho]\nregion = " + region + "\nendpoint_url = " + address + "\n");
  }

  private void replace(String name, String content) {
    Path draft = folder.resolve(name + ".new");
    try {
      Files.deleteIfExists(draft);
      try (FileChannel channel =
          FileChannel.open(
              draft,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
        channel.force(true);
      }
      Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new UncheckedIOException(folder.resolve(name) + " cannot be written", failed);
    }
  }
}
