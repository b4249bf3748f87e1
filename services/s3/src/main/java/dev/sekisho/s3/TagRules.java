package dev.sekisho.s3;

import dev.sekisho.core.ServiceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Which tags objects and buckets can have. */
final class TagRules {

  static final int MOST_OF_OBJECT = 10;
  static final int MOST_OF_BUCKET = 50;

  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;
  private static final Pattern SIGNS = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  /** A tag as it was given. */
  record Given(String key, String value) {}

  private TagRules() {}

  /**
   * The tags of a list, in order.
   *
   * @throws ServiceException InvalidTag or BadRequest
   */
  static Map<String, String> require(List<Given> tags, int most) {
    if (tags.size() > most) {
      throw new ServiceException(
          "BadRequest",
          400,
          most == MOST_OF_OBJECT
              ? "Object tags cannot be greater than " + most
              : "Bucket tag count cannot be greater than " + most);
    }
    Map<String, String> map = new LinkedHashMap<>();
    for (Given tag : tags) {
      if (tag.key().isEmpty() || tag.key().length() > LONGEST_KEY || !isPlain(tag.key())) {
        throw invalid("The TagKey you have provided is invalid", tag.key());
      }
      if (tag.value().length() > LONGEST_VALUE || !isPlain(tag.value())) {
        throw invalid("The TagValue you have provided is invalid", tag.key());
      }
      if (tag.key().startsWith("aws:")) {
        throw invalid("System tags cannot be added/updated by requester", tag.key());
      }
      if (map.put(tag.key(), tag.value()) != null) {
        throw invalid("Cannot provide multiple Tags with the same key", tag.key());
      }
    }
    return map;
  }

  /** The tags of the header {@code x-amz-tagging}. */
  static Map<String, String> ofHeader(String header) {
    List<Given> tags;
    try {
      tags =
          header.isEmpty()
              ? List.of()
              : List.of(header.split("&", -1)).stream()
                  .map(TextMap::read)
                  .flatMap(pair -> pair.entrySet().stream())
                  .map(pair -> new Given(pair.getKey(), pair.getValue()))
                  .toList();
    } catch (IllegalArgumentException malformed) {
      throw S3Errors.invalidArgument(
          "x-amz-tagging",
          header,
          "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query"
              + " parameters without tag name duplicates.");
    }
    try {
      return require(tags, MOST_OF_OBJECT);
    } catch (ServiceException refused) {
      if (refused.message().startsWith("Cannot provide multiple")) {
        throw S3Errors.invalidArgument(
            "x-amz-tagging",
            header,
            "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query"
                + " parameters without tag name duplicates.");
      }
      throw refused;
    }
  }

  private static boolean isPlain(String text) {
    return SIGNS.matcher(text).matches();
  }

  private static ServiceException invalid(String message, String key) {
    return new ServiceException("InvalidTag", 400, message, Map.of("TagKey", key));
  }
}
