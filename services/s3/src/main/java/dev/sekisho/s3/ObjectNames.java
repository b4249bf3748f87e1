package dev.sekisho.s3;

import dev.sekisho.core.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Which keys objects can have. */
final class ObjectNames {

  private static final int LONGEST = 1_024;

  private ObjectNames() {}

  /**
   * @throws ServiceException KeyTooLongError, or InvalidArgument for what the store cannot keep
   */
  static void require(String key) {
    int size = key.getBytes(StandardCharsets.UTF_8).length;
    if (size > LONGEST) {
      throw new ServiceException(
          "KeyTooLongError",
          400,
          "Your key is too long",
          Map.of("Size", Integer.toString(size), "MaxSizeAllowed", Integer.toString(LONGEST)));
    }
    if (key.indexOf('\0') >= 0) {
      throw S3Errors.invalidArgument("key", key, "Object keys cannot hold the character U+0000");
    }
  }
}
