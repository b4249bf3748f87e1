package dev.sekisho.core;

import java.util.Map;

/**
 * An answer that is an error: what the caller is told, in the contract's words.
 *
 * <p>Anything else that is thrown is a defect of Sekisho and becomes a 500 with a request id. A
 * service exception carries no stack trace: refusals are ordinary and must be cheap.
 */
public final class ServiceException extends RuntimeException {

  private final String code;
  private final int status;
  private final transient Map<String, String> members;

  /**
   * @param code the error's code as the service's clients know it, for example {@code NoSuchEntity}
   * @param status the HTTP status, 400 to 599
   */
  public ServiceException(String code, int status, String message) {
    this(code, status, message, Map.of());
  }

  /**
   * @param members further members of the error's structure beside the message
   */
  public ServiceException(String code, int status, String message, Map<String, String> members) {
    super(message, null, false, false);
    // S3 says in the same form that nothing has changed, or where a bucket is.
    if (status < 300 || status > 599) {
      throw new IllegalArgumentException("not an error status: " + status);
    }
    this.code = code;
    this.status = status;
    this.members = Map.copyOf(members);
  }

  public String code() {
    return code;
  }

  /** The HTTP status, 400 to 599. */
  public int status() {
    return status;
  }

  /** What the caller reads; never null. */
  public String message() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  public Map<String, String> members() {
    return members;
  }
}
