package dev.sekisho.server.outside;

import dev.sekisho.core.Secret;
import dev.sekisho.wire.signature.RequestSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with an access key's id and, on the next line, its secret. */
public final class CredentialsFile {

  private CredentialsFile() {}

  /**
   * Reads it.
   *
   * @param whose whom the credentials are for, for the refusal
   * @throws IllegalStateException with a message for the person, when it cannot be read or lacks
   *     something
   */
  public static RequestSigner read(Path file, String whose) {
    String[] lines;
    try {
      lines = Files.readString(file).split("\n", -1);
    } catch (IOException failed) {
      throw new IllegalStateException(whose + " credentials cannot be read from " + file, failed);
    }
    String id = lines[0].strip();
    String secret = lines.length < 2 ? "" : lines[1].strip();
    if (id.isEmpty() || secret.isEmpty()) {
      throw new IllegalStateException(
          whose
              + " credentials are missing: "
              + file
              + " must have the access key's id and its secret on two lines");
    }
    return new RequestSigner(id, Secret.of(secret), null);
  }
}
