package dev.sekisho.server;

import dev.sekisho.iam.HardwareTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of hardware MFA tokens that a start is told to register.
 *
 * <p>INVARIANT: a file that others than its owner can read is not taken: the seeds in it would be
 * known already.
 */
final class TokenList {

  private static final Set<PosixFilePermission> OWNER =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final @Nullable Path file;
  private final Platform platform;

  /**
   * @param file none when there is nothing to register
   */
  TokenList(@Nullable Path file, Platform platform) {
    this.file = file;
    this.platform = platform;
  }

  /**
   * Registers the tokens that are not registered yet.
   *
   * @throws IllegalArgumentException with a message for the person, when the file cannot be taken
   */
  void register() {
    if (file == null) {
      return;
    }
    try {
      if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
        throw new IllegalArgumentException("it can be read by others; make its mode 0600");
      }
      List<String> lines = Files.readAllLines(file);
      new HardwareTokens(platform.database(), platform.keyring(), platform.clock()).register(lines);
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException(
          "--hardware-tokens " + file + ": " + refused.getMessage(), refused);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "--hardware-tokens " + file + " cannot be read", unreadable);
    }
  }
}
