package dev.sekisho.wire;

import dev.sekisho.contract.Protocol;
import dev.sekisho.core.ServiceException;

/** The errors that every service can answer, in the form its protocol's family gives them. */
final class ServiceErrors {

  private ServiceErrors() {}

  static ServiceException validation(Protocol protocol, String message) {
    return switch (protocol) {
      case AWS_JSON_1_0, AWS_JSON_1_1, REST_JSON ->
          new ServiceException("ValidationException", 400, message);
      case QUERY -> new ServiceException("ValidationError", 400, message);
      case EC2_QUERY -> new ServiceException("InvalidParameterValue", 400, message);
      case REST_XML -> new ServiceException("InvalidRequest", 400, message);
    };
  }

  /** Turns the one word that gates use for a refusal into the family's own. */
  static ServiceException inFamily(Protocol protocol, ServiceException error) {
    if (!error.code().equals("AccessDenied")) {
      return error;
    }
    return switch (protocol) {
      case AWS_JSON_1_0, AWS_JSON_1_1 ->
          new ServiceException("AccessDeniedException", 400, error.message());
      case REST_JSON -> new ServiceException("AccessDeniedException", 403, error.message());
      case EC2_QUERY ->
          new ServiceException(
              "UnauthorizedOperation",
              403,
              "You are not authorized to perform this operation. " + error.message());
      case QUERY, REST_XML -> error;
    };
  }

  static ServiceException notImplemented(String service, String operation) {
    return new ServiceException(
        "NotImplemented",
        501,
        "Sekisho does not implement " + service + ":" + operation + ". See docs/services.");
  }

  static ServiceException tooLarge(Protocol protocol, int limit) {
    String message = "The request body must not exceed " + limit + " bytes.";
    return switch (protocol) {
      case AWS_JSON_1_0, AWS_JSON_1_1, REST_JSON ->
          new ServiceException("RequestEntityTooLargeException", 413, message);
      case QUERY, EC2_QUERY -> new ServiceException("RequestEntityTooLarge", 413, message);
      case REST_XML ->
          new ServiceException(
              "EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size");
    };
  }

  static ServiceException tooSlow(Protocol protocol) {
    String message =
        "Your socket connection to the server was not read from or written to within the timeout"
            + " period.";
    return switch (protocol) {
      case AWS_JSON_1_0, AWS_JSON_1_1, REST_JSON ->
          new ServiceException("RequestTimeoutException", 408, message);
      case QUERY, EC2_QUERY -> new ServiceException("RequestTimeout", 408, message);
      case REST_XML -> new ServiceException("RequestTimeout", 400, message);
    };
  }

  /** A defect of ours; the caller learns only the request id that is in every answer. */
  static ServiceException internal(Protocol protocol) {
    String code =
        switch (protocol) {
          case AWS_JSON_1_0, AWS_JSON_1_1, REST_JSON -> "InternalServerException";
          case QUERY, REST_XML -> "InternalFailure";
          case EC2_QUERY -> "InternalError";
        };
    return new ServiceException(
        code, 500, "The request processing has failed because of an unknown error.");
  }

  /** The store cannot take the call's change or its audit event. */
  static ServiceException unavailable(Protocol protocol) {
    String code =
        switch (protocol) {
          case AWS_JSON_1_0, AWS_JSON_1_1, REST_JSON -> "ServiceUnavailableException";
          case QUERY, REST_XML -> "ServiceUnavailable";
          case EC2_QUERY -> "Unavailable";
        };
    return new ServiceException(
        code, 503, "The request has failed because the store cannot be written to.");
  }
}
