package dev.sekisho.policytool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A policy's text, and the name of the file it is from. */
record PolicyFile(String name, String text) {

  private static final int LARGEST = 4 << 20;

  static PolicyFile read(String name) {
    try (InputStream file = Files.newInputStream(Path.of(name))) {
      return new PolicyFile(name, text(name, file));
    } catch (IOException | InvalidPathException unreadable) {
      throw new UsageException(name + " cannot be read");
    }
  }

  static PolicyFile readStandardInput(InputStream in) {
    try {
      return new PolicyFile("-", text("standard input", in));
    } catch (IOException unreadable) {
      throw new UsageException("standard input cannot be read");
    }
  }

  private static String text(String name, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new UsageException(name + " is too large to be a policy");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new UsageException(name + " is not UTF-8");
    }
  }
}
