package dev.sekisho.wire.signature;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The canonical URI of a request.
 *
 * <p>S3 signs the path as it stands, encoded once; every other service resolves dots and empty
 * segments and encodes what was sent once more.
 */
enum CanonicalPath {
  /** Every service but S3. */
  NORMALIZED {
    @Override
    String of(String path) {
      return UriEncoding.encode(normalize(path), true);
    }
  },
  /** As sent, encoded once more: some clients sign a path with dots or empty segments so. */
  UNNORMALIZED {
    @Override
    String of(String path) {
      return UriEncoding.encode(path.isEmpty() ? "/" : path, true);
    }
  },
  /** S3: as sent, encoded once. */
  OBJECT_KEY {
    @Override
    String of(String path) {
      return UriEncoding.canonical(path.isEmpty() ? "/" : path, true);
    }
  },
  /** S3: as the key reads; some clients encode a slash on the way and sign a slash. */
  DECODED_KEY {
    @Override
    String of(String path) {
      return UriEncoding.encode(UriEncoding.decode(path.isEmpty() ? "/" : path), true);
    }
  };

  private static final List<CanonicalPath> ORDINARY = List.of(NORMALIZED, UNNORMALIZED);
  private static final List<CanonicalPath> OBJECT = List.of(OBJECT_KEY, DECODED_KEY);

  /** The forms that clients of such a service sign, the usual one first. */
  static List<CanonicalPath> signedBy(PayloadRule rule) {
    return switch (rule) {
      case SIGNED -> ORDINARY;
      case OBJECT -> OBJECT;
    };
  }

  /**
   * @param path as sent
   */
  abstract String of(String path);

  private static String normalize(String path) {
    if (path.isEmpty() || path.equals("/")) {
      return "/";
    }
    if (path.charAt(0) == '/' && !path.contains("//") && !path.contains("/.")) {
      return path;
    }
    Deque<String> kept = new ArrayDeque<>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        kept.addLast(segment);
      }
    }
    if (kept.isEmpty()) {
      return "/";
    }
    boolean endsWithSlash = path.endsWith("/") || path.endsWith("/.") || path.endsWith("/..");
    return "/" + String.join("/", kept) + (endsWithSlash ? "/" : "");
  }
}
