package dev.sekisho.s3;

import dev.sekisho.core.AccessCheck;
import dev.sekisho.s3.KeyListing.Wanted;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What listings have alike: how much is asked for, and how names are written.
 *
 * @param encodes whether names are written as in a URL, for what XML cannot hold
 */
record ListingRules(
    Wanted wanted, boolean encodes, @Nullable String delimiter, @Nullable Integer asked) {

  static final int MOST = 1_000;

  static ListingRules of(
      @Nullable String prefix,
      @Nullable String delimiter,
      @Nullable Integer most,
      @Nullable String encoding) {
    if (most != null && most < 0) {
      throw S3Errors.invalidArgument(
          "max-keys",
          most.toString(),
          "Argument maxKeys must be an integer between 0 and 2147483647");
    }
    if (encoding != null && !encoding.equals("url")) {
      throw S3Errors.invalidArgument(
          "encoding-type", encoding, "Invalid Encoding Method specified in Request");
    }
    return new ListingRules(
        new Wanted(
            prefix == null ? "" : prefix,
            delimiter == null ? "" : delimiter,
            most == null ? MOST : Math.min(most, MOST)),
        encoding != null,
        delimiter,
        most);
  }

  /** The check with what it can depend on. */
  AccessCheck check(AccessCheck check) {
    return check
        .with("s3:prefix", wanted.prefix().isEmpty() ? null : wanted.prefix())
        .with("s3:delimiter", delimiter)
        .with("s3:max-keys", asked == null ? null : asked.toString());
  }

  String encoded(String name) {
    return encodes
        ? URLEncoder.encode(name, StandardCharsets.UTF_8).replace("%2F", "/").replace("*", "%2A")
        : name;
  }

  @Nullable String encodedIfGiven(@Nullable String name) {
    return name == null ? null : encoded(name);
  }
}
