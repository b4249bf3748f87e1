package dev.sekisho.contract;

import org.jspecify.annotations.Nullable;

/**
 * How a REST operation is addressed.
 *
 * @param method the HTTP method
 * @param uri the template, for example {@code /tags/{ResourceArn}} or {@code /{Bucket}/{Key+}},
 *     with the constant query string that belongs to it, if any
 * @param status the HTTP status of a good answer
 * @param header a header that tells the operation from others at the same address; lower-case
 */
public record HttpBinding(String method, String uri, int status, @Nullable String header) {

  /** An operation that its method and address tell from all others. */
  public HttpBinding(String method, String uri, int status) {
    this(method, uri, status, null);
  }
}
