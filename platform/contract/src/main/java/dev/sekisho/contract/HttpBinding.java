package dev.sekisho.contract;

/**
 * How a REST operation is addressed.
 *
 * @param method the HTTP method
 * @param uri the template, for example {@code /tags/{ResourceArn}} or {@code /{Bucket}/{Key+}},
 *     with the constant query string that belongs to it, if any
 * @param status the HTTP status of a good answer
 */
public record HttpBinding(String method, String uri, int status) {}
