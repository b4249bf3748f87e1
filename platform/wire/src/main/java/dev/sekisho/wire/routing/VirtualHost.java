package dev.sekisho.wire.routing;

import dev.sekisho.wire.WireRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A bucket named by the host, as most of S3's clients do: {@code bucket.s3.region.example} or
 * {@code bucket.localhost}.
 *
 * <p>Source: Amazon S3 User Guide, Virtual hosting of general purpose buckets.
 */
final class VirtualHost {

  private static final String LOCAL = ".localhost";

  private VirtualHost() {}

  /** The path with the bucket in front, still percent-encoded: as path-style requests have it. */
  static String path(WireRequest request) {
    String bucket = bucket(request);
    return bucket == null ? request.path() : '/' + bucket + request.path();
  }

  /** The bucket that the host names, or null. */
  static @Nullable String bucket(WireRequest request) {
    String host = request.headers().first("host");
    if (host == null || host.startsWith("[")) {
      return null;
    }
    int port = host.indexOf(':');
    String name = (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
    int end = Math.max(name.lastIndexOf(".s3."), name.lastIndexOf(".s3-"));
    if (end < 0 && name.endsWith(LOCAL) && !name.startsWith("s3.")) {
      end = name.length() - LOCAL.length();
    }
    return end <= 0 ? null : name.substring(0, end);
  }
}
