package dev.sekisho.s3;

import dev.sekisho.core.ServiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** Tells a disk that is full, which callers can wait for, from one that fails. */
final class StorageTrouble {

  private StorageTrouble() {}

  /** What the caller is told: to come again when the disk is full, else nothing in particular. */
  static RuntimeException of(IOException failed) {
    String reason =
        failed instanceof FileSystemException file ? file.getReason() : failed.getMessage();
    String text = String.valueOf(reason).toLowerCase(Locale.ROOT);
    if (text.contains("no space left") || text.contains("quota exceeded")) {
      return new ServiceException(
          "ServiceUnavailable",
          503,
          "The disk that keeps the objects is full. Please try again later.");
    }
    return new UncheckedIOException("an object's file cannot be used", failed);
  }
}
